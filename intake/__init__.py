"""What comes in and goes out: IMAP, reading mail, triage.

``intake`` never imports ``tui``.
"""
