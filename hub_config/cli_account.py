"""`hocai account`: what the operator alone may change of a person's account."""

from __future__ import annotations

import click

from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.settings import Settings


@click.group()
def account() -> None:
    """Correct accounts."""


@account.command("birth-year")
@click.argument("name")
@click.argument("year", type=int)
@click.pass_obj
def birth_year(settings: Settings, name: str, year: int) -> None:
    """Say in which YEAR the person with the account NAME was born."""
    engine = connect(settings)
    try:
        accounts.set_birth_year(engine, name, year)
    except accounts.AccountError as error:
        raise click.ClickException(str(error)) from None
    finally:
        engine.dispose()
    click.echo(f"{name}: born in {year}")
