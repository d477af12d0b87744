"""The kinds of machine that the executor is tested on: with bubblewrap, and with Landlock alone."""

from dataclasses import replace

from autograders.sandbox.seal import capabilities

MACHINE = capabilities()
MACHINES = {"bubblewrap": MACHINE, "landlock": replace(MACHINE, bwrap=False)}
USABLE = [name for name, machine in MACHINES.items() if machine.can_seal and (machine.bwrap or name == "landlock")]
