"""What both sides of a kernel know: its channels and how it draws. Imports nothing."""

CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
"""In the order in which their listening sockets are numbered, from 1, and handed over."""

INLINE = "module://matplotlib_inline.backend_inline"
"""matplotlib's backend: figures go to the page."""

PACKET = 65536
"""Bytes; the longest message between a kernel and whoever hands it out."""
