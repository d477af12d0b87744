import json
from pathlib import Path

import pytest

from hub_config import server_config
from hub_config.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load({"HOCAI_DATA": str(tmp_path)})


def test_learners_get_the_exchange_and_classes_the_formgrader() -> None:
    on = {
        purpose: {k for k, v in server_config.server_options(purpose)["ServerApp"]["jpserver_extensions"].items() if v}
        for purpose in ("learner", "class")
    }
    assert on == {"learner": {"course.exchange"}, "class": {"course.exchange.formgrader"}}


def test_both_folders_hold_server_lab_and_nbgrader_configuration(settings: Settings) -> None:
    server_config.write(settings)
    closed = {}
    for purpose in ("learner", "class"):
        place = server_config.folder(settings, purpose)
        assert (place / "nbgrader_config.py").is_file()
        assert json.loads((place / "jupyter_server_config.json").read_text())["KernelManager"]["transport"] == "ipc"
        page = json.loads((place / "labconfig" / "page_config.json").read_text())
        closed[purpose] = {key.removeprefix("@jupyter/nbgrader:") for key in page["disabledExtensions"]}
    assert {"formgrader", "create-assignment"} <= closed["learner"] - closed["class"]
    assert "assignment-list" in closed["class"] - closed["learner"]


def test_create_assignment_is_open_to_writers_and_closed_to_learners(settings: Settings, tmp_path: Path) -> None:
    server_config.write(settings)
    server_config.write_to(tmp_path / "writer", "writer")
    folders = {"learner": server_config.folder(settings, "learner"), "writer": tmp_path / "writer"}
    closed, on = {}, {}
    for purpose, place in folders.items():
        page = json.loads((place / "labconfig" / "page_config.json").read_text())
        closed[purpose] = {key.removeprefix("@jupyter/nbgrader:") for key in page["disabledExtensions"]}
        server = json.loads((place / "jupyter_server_config.json").read_text())["ServerApp"]
        on[purpose] = {name for name, open_ in server["jpserver_extensions"].items() if open_}
    assert "create-assignment" in closed["learner"] - closed["writer"]
    assert {"assignment-list", "validate-assignment", "course-list", "formgrader"} <= closed["writer"]
    assert on == {"learner": {"course.exchange"}, "writer": {"hub_config.lab"}}


def test_what_asks_for_language_servers_is_closed_with_what_needs_it(settings: Settings) -> None:
    server_config.write(settings)
    for purpose in ("learner", "class"):
        page = json.loads((server_config.folder(settings, purpose) / "labconfig" / "page_config.json").read_text())
        language_server = {key for key in page["disabledExtensions"] if "lsp" in key or "language-server" in key}
        assert language_server == {
            "@jupyterlab/lsp-extension",
            "@jupyterlab/fileeditor-extension:language-server",
            "@jupyterlab/notebook-extension:language-server",
        }
