"""What the desk knows: policy, clocks, cover, requests and their history.

``store`` imports neither ``tui`` nor ``intake``.
"""
