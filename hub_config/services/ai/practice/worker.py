"""The process in which the practice AI's tools work; ends when nobody asks any more.

python -m hub_config.services.ai.practice.worker   < a line of JSON for each job   > a line of JSON for each answer
"""

import json
import logging
import resource
import sys

from hub_config.services.ai.practice.replies import JOBS

log = logging.getLogger(__name__)
MEMORY = 1 << 30  # bytes


def main() -> None:
    """Answer line by line: {"job", "given"} → {"answer"}, or {} where it failed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        told = {}
        try:
            told["answer"] = JOBS[asked["job"]](**asked["given"])
        except Exception:
            log.exception("the job %r failed", asked["job"])
        sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
