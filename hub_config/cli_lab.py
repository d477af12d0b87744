"""`hocai lab`: JupyterLab for those who write lessons."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from hub_config import server_config
from hub_config.services.listening import HOST
from hub_config.settings import Settings


@click.command()
@click.option("--port", type=int, default=8888, show_default=True, help="The port on loopback, or the next free one.")
@click.option("--browser/--no-browser", default=True, help="Whether a browser is opened.")
@click.pass_obj
def lab(settings: Settings, port: int, browser: bool) -> None:
    """Open JupyterLab over the lessons: make one, edit it, see it as learners do.

    It listens on loopback behind a random token. What is written there runs with your own rights.
    """
    from jupyterlab.labapp import LabApp  # seconds, for this command alone

    from hub_config.lab import LABEXTENSIONS

    root = lessons_root(settings.lessons)
    with tempfile.TemporaryDirectory(prefix="hocai-lab-") as place:
        server_config.write_to(Path(place), "writer")
        programs = os.pathsep.join([str(Path(sys.prefix) / "bin"), os.environ.get("PATH", "")])
        os.environ |= settings.environment() | {
            "JUPYTER_CONFIG_PATH": place,
            "JUPYTER_RUNTIME_DIR": str(Path(place) / "run"),  # short: a Unix socket's path ends at 107 bytes
            "PATH": programs,  # terminals know hocai
        }
        LabApp.launch_instance(
            [
                f"--ServerApp.ip={HOST}",
                f"--ServerApp.port={port}",
                f"--ServerApp.root_dir={root}",
                f"--FileContentsManager.preferred_dir={settings.lessons[0].resolve().relative_to(root)}",
                f"--ServerApp.open_browser={browser}",
                "--ServerApp.allow_root=True",  # whoever may run the hub as root may write lessons as root
                "--ServerApp.answer_yes=True",  # ctrl-C ends it at once; the browser has saved what there was
                f"--LabApp.extra_labextensions_path={LABEXTENSIONS}",
            ]
        )


def lessons_root(levels: list[Path]) -> Path:
    """The folder that holds all levels, and nothing above it. Raises UsageError when there is none."""
    if not levels:
        raise click.UsageError("there is no level to write in; name folders that hold level.toml in HOCAI_LESSONS")
    return Path(os.path.commonpath([folder.resolve() for folder in levels]))
