"""The options that every command has, before its name or after."""

from __future__ import annotations

import argparse


def shared_options(parser: argparse.ArgumentParser, default: str | None) -> None:
    """Add them to ``parser``; below another parser, ``default`` is ``argparse.SUPPRESS``."""
    parser.add_argument(
        "--config",
        metavar="FILE",
        default=default,
        help="the config file (DESKWATCH_CONFIG; else config.toml here)",
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        default=default,
        help="the database (DESKWATCH_DATABASE; else the config's)",
    )
