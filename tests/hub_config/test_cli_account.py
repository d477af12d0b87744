"""`hocai account` on a database of its own."""

from pathlib import Path

from click.testing import CliRunner

from hub_config.cli_account import account
from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.settings import Settings


def test_the_operator_corrects_a_year_of_birth_and_hears_what_is_wrong(tmp_path: Path) -> None:
    settings = Settings.load({"HOCAI_DATA": str(tmp_path)})
    engine = connect(settings)
    accounts.create_account(engine, "nam", "Nam", password=None, birth_year=1914)
    done = CliRunner().invoke(account, ["birth-year", "nam", "2014"], obj=settings)
    assert (done.exit_code, done.output) == (0, "nam: born in 2014\n")
    found = accounts.find_account(engine, "nam")
    assert found is not None
    assert found.birth_year == 2014
    for name, year, said in (("nobody", "2014", "does not exist"), ("nam", "20014", "allowed: 1900 to")):
        wrong = CliRunner().invoke(account, ["birth-year", name, year], obj=settings)
        assert wrong.exit_code == 1
        assert said in wrong.output
    engine.dispose()
