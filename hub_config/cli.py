"""The command `hocai`."""

import os
import sys
from importlib import import_module

import click

from course.errors import LessonError
from hub_config.run import RunError, run, stop
from hub_config.settings import Settings, SettingsError

# read only when asked for: they import the lesson format and the grader
ELSEWHERE = {
    "account": "hub_config.cli_account",
    "ai": "hub_config.cli_ai",
    "grading": "hub_config.cli_grading",
    "judge": "hub_config.cli_judge",
    "lab": "hub_config.cli_lab",
    "lesson": "hub_config.cli_lesson",
    "preview": "hub_config.cli_preview",
}


class _Commands(click.Group):
    """Commands of this module, and those that other modules define under the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*self.commands, *ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        found: click.Command = getattr(import_module(ELSEWHERE[cmd_name]), cmd_name)
        return found


@click.group(cls=_Commands)
@click.pass_context
def main(context: click.Context) -> None:
    """Courseware on JupyterHub: run it, stop it, check and publish lessons."""
    try:
        context.obj = Settings.load(os.environ)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()  # progress is seen at once, in a pipe too


@main.command("run")
@click.option("--port", type=int, help="The public port; the six after it are used too.")
@click.pass_obj
def run_command(settings: Settings, port: int | None) -> None:
    """Start the hub with its services and stay until ctrl-C."""
    try:
        if port is not None:
            settings = Settings.load(os.environ | {"HOCAI_PORT": str(port)})
        run(settings, _say)
    except (RunError, SettingsError) as error:
        raise click.ClickException(str(error)) from None


@main.command("stop")
@click.pass_obj
def stop_command(settings: Settings) -> None:
    """End the hub that runs with this data folder."""
    try:
        stop(settings, _say)
    except RunError as error:
        raise click.ClickException(str(error)) from None


@main.command("publish")
@click.pass_obj
def publish_command(settings: Settings) -> None:
    """Turn the lessons into assignments and app pages; what has not changed is left alone."""
    # both take seconds to import, and only this command needs them
    from autograders.gradebook import GradebookError
    from hub_config.publishing import publish_all

    try:
        done = publish_all(settings, _say)
    except (LessonError, GradebookError, OSError) as error:
        raise click.ClickException(str(error)) from None
    _say(f"Lessons published anew: {len(done)}")


if __name__ == "__main__":
    main()
