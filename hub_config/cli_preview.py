"""`hocai preview`: a lesson as learners will see it, built anew at each save."""

from __future__ import annotations

import socket
import tempfile
from pathlib import Path

import click

from hub_config.lesson_choice import lesson_folder
from hub_config.services.listening import HOST, listen
from hub_config.settings import Settings

FIRST_PORT, PORTS = 8010, 50


@click.command()
@click.argument("lesson")
@click.option("--port", type=int, help=f"The port on loopback; else the first free one from {FIRST_PORT} on.")
@click.option("--framed-by", multiple=True, help="An origin whose pages may show it in a frame; can be given again.")
@click.pass_obj
def preview(settings: Settings, lesson: str, port: int | None, framed_by: tuple[str, ...]) -> None:
    """Show LESSON (an id or its folder) at an address on this machine, and follow each change that is saved.

    Answers are checked as they are in class, and forgotten at the end.
    """
    from hub_config.services.preview.app import create_app  # brings Voila: seconds, for this command alone

    folder = lesson_folder(lesson, settings.lessons)
    with tempfile.TemporaryDirectory(prefix="hocai-preview-") as data:
        own = {
            "data": Path(data),
            "database_url": "",
            "lessons": [],
            "dask_scheduler": None,
            "port": port or _free_port(),
        }
        chosen = settings.model_copy(update=own)
        click.echo(f"Building {folder} ...")
        app = create_app(chosen, folder, framed_by)
        listen(app, chosen.port, "", "warning", opened=lambda: _say(app.state.address))


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
        return port
    raise click.ClickException(f"no free port from {FIRST_PORT} to {FIRST_PORT + PORTS - 1}; give one with --port")


def _say(address: str) -> None:
    click.echo(f"Ready: {address}\nEnd it with ctrl-C.")
