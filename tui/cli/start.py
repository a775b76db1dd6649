"""The first step of the command: Ctrl-C ends it without Python's own words from here on."""

import signal


def main() -> int:
    """Run ``deskwatch``; while it is still being imported, a Ctrl-C just ends the process."""
    listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if listens:  # else somebody wants it not to: `nohup deskwatch ... &`
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from tui.cli.main import main as run

    if listens:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return run()
