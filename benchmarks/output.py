"""What all benchmarks share: options, progress on stderr, one JSON object on stdout."""

from __future__ import annotations

import argparse
import json
import sys
import time

_began = time.monotonic()


def quick(description: str) -> bool:
    """Read the command line; whether a smaller run was asked for. JSON is printed in every case."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="the same keys from a smaller run")
    parser.add_argument("--json", action="store_true", help="print JSON (always done)")
    return bool(parser.parse_args().quick)


def progress(text: str) -> None:
    """One line on stderr, with the seconds since the start."""
    print(f"{time.monotonic() - _began:6.1f} s  {text}", file=sys.stderr, flush=True)


def result(**figures: object) -> None:
    """The figures, as the last line of stdout."""
    print(json.dumps(figures))
