"""Lessons with live Python: Voila's kernels, sealed and forked, behind the hub's sign-in."""
