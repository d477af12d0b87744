"""Which arena runs which suite. A suite is a folder of cases; those named clean_… are honest and keep their score."""

from __future__ import annotations

from campus_arena import CampusArena
from text_arena import TextArena

ARENAS = {"code": CampusArena, "clean_code": CampusArena, "text": TextArena, "clean_text": TextArena}
