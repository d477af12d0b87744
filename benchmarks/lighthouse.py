"""Lighthouse on a lesson page and on the page of the day, signed in, with its own throttling.

    uv run python benchmarks/lighthouse.py --json [--lesson text.first_prompt]

Prints {"lesson": {"performance", "accessibility"}, "today": {…}}, scores of 0 to 100.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from output import result

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from chromium import FLAGS, PATH  # noqa: E402
from running_hub import RunningHub  # noqa: E402

LEARNER = "an.nguyen"
CATEGORIES = ("performance", "accessibility")


def cookies(hub: RunningHub, path: str) -> str:
    """The Cookie header of somebody who has signed in and opened the page."""
    with hub.sign_in(LEARNER) as visitor:
        visitor.get(path).raise_for_status()
        return "; ".join(f"{one.name}={one.value}" for one in visitor.cookies.jar)


def scores(hub: RunningHub, path: str) -> dict[str, float]:
    """Lighthouse's scores of a page, 0 to 100. Raises CalledProcessError when it cannot measure."""
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as scratch:
        headers, report = Path(scratch) / "headers.json", Path(scratch) / "report.json"
        headers.write_text(json.dumps({"Cookie": cookies(hub, path)}), "utf-8")
        command = [
            *(str(ROOT / "node_modules" / ".bin" / "lighthouse"), f"{hub.url}{path}"),
            *("--quiet", "--output=json", f"--output-path={report}", f"--extra-headers={headers}"),
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        ]
        subprocess.run(
            command, env={**os.environ, "CHROME_PATH": str(PATH)}, stdout=sys.stderr, check=True, timeout=180
        )
        found = json.loads(report.read_text("utf-8"))
    if not found["finalDisplayedUrl"].startswith(f"{hub.url}{path}"):
        raise RuntimeError(f"{path}: Lighthouse came to {found['finalDisplayedUrl']}: the sign-in did not hold")
    for name in CATEGORIES:
        for ref in found["categories"][name]["auditRefs"]:
            audit = found["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"{path}: {audit['id']}: {audit.get('displayValue', audit['score'])}", file=sys.stderr)
    return {name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--lesson", default="text.first_prompt")
    parser.add_argument("--json", action="store_true", help="for sameness with the others: JSON is all it prints")
    given = parser.parse_args()
    with RunningHub().running() as hub:
        lesson, today = (scores(hub, path) for path in (f"/services/apps/{given.lesson}/", "/services/campus/"))
    result(lesson=lesson, today=today)


if __name__ == "__main__":
    main()
