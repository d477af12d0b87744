from pathlib import Path

import pytest

from hub_config.node import NodeError, find_node, proxy_command
from hub_config.settings import Settings


def fake_node(folder: Path, version: str) -> None:
    folder.mkdir()
    (folder / "node").write_text(f"#!/bin/sh\necho {version}\n")
    (folder / "node").chmod(0o755)


def test_an_old_or_missing_node_is_one_sentence_with_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    with pytest.raises(NodeError, match=r"Node is missing: run `make install`"):
        find_node()
    fake_node(tmp_path / "old", "v18.19.0")
    monkeypatch.setenv("PATH", f"{tmp_path / 'old'}:/usr/bin:/bin")
    with pytest.raises(NodeError, match=r"older than 20: run `make install`"):
        find_node()


def test_a_node_that_is_new_enough_is_taken_from_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_node(tmp_path / "new", "v22.1.0")
    monkeypatch.setenv("PATH", f"{tmp_path / 'new'}:/usr/bin:/bin")
    assert find_node() == str(tmp_path / "new" / "node")


def test_the_proxy_is_the_one_of_the_lock_file(tmp_path: Path) -> None:
    settings = Settings.load({"HOCAI_DATA": str(tmp_path)})
    assert Path(proxy_command(settings)[1]).is_relative_to(settings.project / "node_modules")
