"""The attack suite: every attack against the real pipeline, every honest twin beside it.

    python tests/attacks/run.py [--stock] [--record] [WORD …]

Words keep the cases whose name holds one of them. With --stock those attacks that are flagged for it are run against
stock nbgrader in a sealed box instead; --record writes what was seen there into their files. Exit status 1 when
something did not happen as its file says.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from attack_case import Arena, Case, read_cases
from stock_nbgrader import run_stock


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description="Run the attack suite.")
    parser.add_argument("words", nargs="*", help="keep the cases whose name holds one of these")
    parser.add_argument("--stock", action="store_true", help="against stock nbgrader, in a sealed box")
    parser.add_argument("--record", action="store_true", help="with --stock: write what was seen into the files")
    given = parser.parse_args()
    if given.stock:
        return run_stock(read_cases(("code",), given.words), record=given.record)
    from attack_suites import ARENAS  # imports all of campus, which a run against stock nbgrader has no use for

    cases = read_cases(ARENAS, given.words)
    failed = 0
    for case, problems, seconds in results(cases, ARENAS):
        failed += bool(problems)
        print(f"{'FAILED' if problems else 'ok    '} {seconds:5.1f} s  {case.name}: {case.title}", flush=True)
        for problem in problems:
            print(f"              {problem}", flush=True)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


def results(cases: list[Case], suites: Mapping[str, Any]) -> Iterator[tuple[Case, list[str], float]]:
    """Each case with its problems and the seconds it took; arenas are made when first needed and shared."""
    arenas: dict[type, Arena] = {}
    with ExitStack() as stack:
        for case in cases:
            kind = suites[case.suite]
            if kind not in arenas:
                arenas[kind] = stack.enter_context(kind())
            started = time.monotonic()
            try:
                problems = arenas[kind].problems(case)
            except Exception:
                problems = [f"the suite itself broke: {traceback.format_exc()}"]
            yield case, problems, time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
