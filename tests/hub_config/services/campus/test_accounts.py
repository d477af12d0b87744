import sqlite3
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import Engine

from hub_config.services.campus import accounts
from hub_config.services.campus.accounts import AccountError
from hub_config.services.campus.database import connect, migrate, now, reading
from hub_config.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load({"HOCAI_DATA": str(tmp_path)})


@pytest.fixture
def engine(settings: Settings) -> Engine:
    return connect(settings)


def test_migrations_run_once_and_the_journal_is_wal(engine: Engine, settings: Settings) -> None:
    assert migrate(engine) == []
    with sqlite3.connect(settings.data / "campus.sqlite") as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        names = [row[0] for row in file.execute("SELECT name FROM schema_version")]
    assert "0001_accounts" in names


def test_only_the_right_password_signs_in_and_none_is_stored_in_clear(engine: Engine, settings: Settings) -> None:
    accounts.create_account(engine, "an.nguyen", "Nguyễn Văn An", password="một mật khẩu")
    found = accounts.verify_password(engine, "an.nguyen", "một mật khẩu")
    assert found is not None
    assert (found.kind, found.role, found.created_at.tzinfo) == ("learner", "official", UTC)
    assert accounts.verify_password(engine, "an.nguyen", "một mật khẩu ") is None
    assert accounts.verify_password(engine, "nobody", "nobody") is None
    engine.dispose()
    stored = b"".join(file.read_bytes() for file in settings.data.iterdir())
    assert "một mật khẩu".encode() not in stored
    assert b"$argon2id$" in stored


def test_a_class_account_cannot_sign_in_and_gets_no_password(engine: Engine) -> None:
    accounts.create_class(engine, "demo", "Lớp mẫu")
    assert accounts.find_account(engine, "class-demo") is not None
    assert accounts.verify_password(engine, "class-demo", "nobody") is None
    with pytest.raises(AccountError, match="cannot sign in"):
        accounts.set_password(engine, "class-demo", "long enough")


def test_enrolments_say_who_learns_and_who_teaches(engine: Engine) -> None:
    accounts.create_class(engine, "demo", "Lớp mẫu")
    for name, as_ in (("hoa", "teacher"), ("binh", "learner")):
        accounts.create_account(engine, name, name.title(), password="long enough")
        accounts.enrol(engine, "demo", name, "teacher" if as_ == "teacher" else "learner")
    assert [a.name for a in accounts.list_accounts(engine, class_id="demo", as_="teacher")] == ["hoa"]
    assert [a.name for a in accounts.list_accounts(engine)] == ["binh", "class-demo", "hoa"]
    assert [(e.class_id, e.as_) for e in accounts.list_enrolments(engine, "binh")] == [("demo", "learner")]
    with pytest.raises(AccountError, match="'nobody' cannot be enrolled"):
        accounts.enrol(engine, "demo", "nobody")


@pytest.mark.parametrize("name", ["A", "Hoa", "hoa/..", "..", "class-x", "hoa ", "-hoa", "a" * 41])
def test_a_name_that_is_no_user_name_folder_and_url_part_is_refused(engine: Engine, name: str) -> None:
    with pytest.raises(AccountError, match="account name"):
        accounts.create_account(engine, name, "X", password="long enough")


def test_a_second_account_of_a_name_and_a_short_password_are_refused(engine: Engine) -> None:
    accounts.create_account(engine, "hoa", "Hoa", password="long enough")
    with pytest.raises(AccountError, match="exists already"):
        accounts.create_account(engine, "hoa", "Hoa", password="long enough")
    with pytest.raises(AccountError, match="at least 8"):
        accounts.set_password(engine, "hoa", "short")


def test_display_names_are_stored_composed(engine: Engine) -> None:
    made = accounts.create_account(engine, "hoa", unicodedata.normalize("NFD", "Hòa"), password=None)
    assert made.display_name == "Hòa"


def test_writers_at_the_same_time_all_succeed_while_somebody_reads(engine: Engine) -> None:
    def create(number: int) -> None:
        accounts.create_account(engine, f"name{number}", "N", password=None)

    with reading(engine) as connection, ThreadPoolExecutor(8) as pool:
        connection.exec_driver_sql("SELECT count(*) FROM account").scalar()
        list(pool.map(create, range(40)))
    assert len(accounts.list_accounts(engine)) == 40


def test_a_year_of_birth_may_be_unknown_and_must_be_one_of_a_living_person(engine: Engine) -> None:
    accounts.create_account(engine, "hoa", "Hoa", password=None)
    accounts.create_account(engine, "nam", "Nam", password=None, birth_year=2014)
    assert [account.birth_year for account in accounts.list_accounts(engine)] == [None, 2014]
    accounts.set_birth_year(engine, "hoa", 1979)
    found = accounts.find_account(engine, "hoa")
    assert found is not None
    assert found.birth_year == 1979
    for year in (1899, now().year + 1):
        with pytest.raises(AccountError, match="1900 to"):
            accounts.set_birth_year(engine, "hoa", year)
        with pytest.raises(AccountError, match="1900 to"):
            accounts.create_account(engine, "lan", "Lan", password=None, birth_year=year)
    with pytest.raises(AccountError, match="does not exist"):
        accounts.set_birth_year(engine, "nobody", 1990)


def test_accounts_of_an_older_database_get_an_unknown_year_of_birth(engine: Engine, settings: Settings) -> None:
    accounts.create_account(engine, "hoa", "Hoa", password=None)
    engine.dispose()
    with sqlite3.connect(settings.data / "campus.sqlite") as file:
        file.execute("ALTER TABLE account DROP COLUMN birth_year")
        file.execute("DELETE FROM schema_version WHERE name = '0007_birth_year'")
    found = accounts.find_account(connect(settings), "hoa")
    assert found is not None
    assert found.birth_year is None
