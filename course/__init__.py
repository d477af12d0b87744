"""What a lesson is, and the kit it is made with. The only package that a learner's server holds."""

import sys

# jsonschema, which nbformat brings, builds the grammar of international web addresses where it finds this package:
# 1.2 s of CPU at the start of every process, for a format that no notebook has. Without it that format is not checked.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
