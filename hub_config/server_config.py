"""What a server loads: Jupyter configuration of learners' and of classes' servers, written once at start.

The folders are bound read-only into the seal and come first on `JUPYTER_CONFIG_PATH`; with
`disable_user_config` nothing in a home overrides them. The server of somebody who writes lessons (`hocai lab`) runs
outside the hub, with the same configuration but for its views.
"""

import json
from pathlib import Path
from typing import Any, Literal

from hub_config.culling import IDLE_KERNEL_S, LOOK_EVERY_S
from hub_config.settings import Settings

Purpose = Literal["learner", "class", "writer"]
ON_HUB: tuple[Purpose, ...] = ("learner", "class")

# course.exchange speaks HTTP to campus at the routes of nbgrader's assignment list and validation
_EXTENSIONS: dict[Purpose, str] = {
    "learner": "course.exchange",
    "class": "course.exchange.formgrader",
    "writer": "hub_config.lab",
}
_CLOSED_EXTENSIONS = (
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.validate_assignment",
    "nbgrader.server_extensions.course_list",
    "nbgrader.server_extensions.formgrader",
    "voila.server_extension",  # opens the whole kernel API to whoever may see a page
    "jupyter_lsp",  # no language server is installed
)
_LAB = "@jupyter/nbgrader:"
_CLOSED_VIEWS: dict[Purpose, tuple[str, ...]] = {
    "learner": (f"{_LAB}course-list", f"{_LAB}formgrader", f"{_LAB}create-assignment"),
    "class": (f"{_LAB}course-list", f"{_LAB}assignment-list", f"{_LAB}validate-assignment"),
    "writer": tuple(
        f"{_LAB}{view}" for view in ("course-list", "formgrader", "assignment-list", "validate-assignment")
    ),
}
_CLOSED_EVERYWHERE = (
    "@jupyterlab/apputils-extension:announcements",  # asks a remote address for news
    "@jupyterlab/extensionmanager-extension",
    "@voila-dashboards/jupyterlab-preview",
    # no language server is installed: the first asks for their status for ever, the others cannot do without it
    "@jupyterlab/lsp-extension",
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/notebook-extension:language-server",
)


def folder(settings: Settings, purpose: Purpose) -> Path:
    """Where the configuration of such servers stands."""
    return settings.hub_folder / "server-config" / purpose


def write(settings: Settings) -> None:
    """Write the folders of all servers of the hub anew."""
    for purpose in ON_HUB:
        write_to(folder(settings, purpose), purpose)


def write_to(place: Path, purpose: Purpose) -> None:
    """Write the configuration of such servers into `place`."""
    _write_json(place / "jupyter_server_config.json", server_options(purpose))
    closed = dict.fromkeys([*_CLOSED_EVERYWHERE, *_CLOSED_VIEWS[purpose]], True)
    _write_json(place / "labconfig" / "page_config.json", {"disabledExtensions": closed})
    nbgrader_config = Path(__file__).with_name("nbgrader_config.py")
    (place / nbgrader_config.name).write_bytes(nbgrader_config.read_bytes())


def server_options(purpose: Purpose) -> dict[str, Any]:
    """The content of `jupyter_server_config.json`."""
    return {
        "ServerApp": {
            "jpserver_extensions": {**dict.fromkeys(_CLOSED_EXTENSIONS, False), _EXTENSIONS[purpose]: True},
            "terminado_settings": {"shell_command": ["/bin/bash"]},  # a login shell would forget our PATH
        },
        "KernelManager": {"transport": "ipc"},  # the seal opens one port, and loopback is shared
        "MappingKernelManager": {"cull_idle_timeout": IDLE_KERNEL_S, "cull_interval": LOOK_EVERY_S},
        "LabApp": {
            "extension_manager": "readonly",
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        },
    }


def _write_json(file: Path, content: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
