from __future__ import annotations

from pathlib import Path

import click
import pytest

from hub_config.cli_lab import lessons_root


def test_the_file_browser_begins_where_all_levels_lie_and_not_above(tmp_path: Path) -> None:
    levels = [tmp_path / "school" / name for name in ("bac1", "bac2")]
    for level in levels:
        level.mkdir(parents=True)
    assert lessons_root(levels) == tmp_path / "school"
    assert lessons_root(levels[:1]) == levels[0]


def test_without_any_level_there_is_nothing_to_open() -> None:
    with pytest.raises(click.UsageError, match="HOCAI_LESSONS"):
        lessons_root([])
