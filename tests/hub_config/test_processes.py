import os
import subprocess
import sys
from pathlib import Path

from running_hub import until

from hub_config import processes

ORPHAN_MAKER = """
import os, subprocess, sys
from hub_config import processes
processes.adopt_orphans()
# a child in a session of its own starts a grandchild and ends at once: the grandchild is an orphan
subprocess.run(["setsid", "sh", "-c", "sleep 4322 & exit 0"])
print(len(processes.descendants(os.getpid())), flush=True)
print(processes.end_descendants(os.getpid(), 10), len(processes.descendants(os.getpid())))
"""


def test_orphans_are_adopted_and_ended() -> None:
    said = subprocess.run([sys.executable, "-c", ORPHAN_MAKER], capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout.splitlines() == ["1", "[] 0"]


def test_descendants_are_found_at_every_depth_and_zombies_are_not_counted() -> None:
    with subprocess.Popen(["sh", "-c", "sh -c 'sleep 4323; true'; true"]) as child:
        found = until(lambda: (below := processes.descendants(child.pid)) and len(below) == 2 and below)
        processes.kill([child.pid, *found])
        until(lambda: child.pid not in processes.descendants(os.getpid()))


def test_a_child_ends_with_its_parent() -> None:
    code = (
        "import subprocess; from hub_config.processes import end_with_parent;"
        "print(subprocess.Popen(['sleep', '4324'], preexec_fn=end_with_parent, stdout=subprocess.DEVNULL).pid)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    pid = int(said.stdout)
    until(lambda: _ended(pid))


def _ended(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or " Z " in stat.read_text()
