"""The Vietnamese of the benchmarks, from texts.toml."""

import tomllib
from pathlib import Path

TEXTS: dict[str, str] = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
