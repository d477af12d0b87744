import asyncio
from pathlib import Path

import pytest
from tornado.web import HTTPError

from hub_config.auth import GUESS_WINDOW_S, GUESSES, CampusAuthenticator, Guesses
from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.settings import Settings

PASSWORD = "correct horse"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def authenticator(tmp_path: Path) -> CampusAuthenticator:
    settings = Settings.load({"HOCAI_DATA": str(tmp_path)})
    engine = connect(settings)
    accounts.create_class(engine, "6a", "Lớp 6A")
    for name, kind in (("lan", "teacher"), ("hoa", "learner"), ("chef", "admin")):
        accounts.create_account(engine, name, name, password=PASSWORD, kind=kind)  # type: ignore[arg-type]
    accounts.enrol(engine, "6a", "lan", "teacher")
    accounts.enrol(engine, "6a", "hoa")
    return CampusAuthenticator(settings=settings)


def sign_in(authenticator: CampusAuthenticator, name: str, password: str = PASSWORD) -> dict[str, object] | None:
    return asyncio.run(authenticator.authenticate(None, {"username": name, "password": password}))


def test_groups_follow_enrolments_and_admins_are_in_none(authenticator: CampusAuthenticator) -> None:
    found = {name: sign_in(authenticator, name) for name in ("lan", " HOA ", "chef")}
    assert found == {
        "lan": {"name": "lan", "admin": False, "groups": ["formgrade-6a", "people"]},
        " HOA ": {"name": "hoa", "admin": False, "groups": ["nbgrader-6a", "people"]},
        "chef": {"name": "chef", "admin": True, "groups": []},
    }


def test_after_too_many_wrong_guesses_the_right_password_waits_too(authenticator: CampusAuthenticator) -> None:
    for _ in range(GUESSES):
        assert sign_in(authenticator, "hoa", "wrong") is None
    with pytest.raises(HTTPError) as caught:
        sign_in(authenticator, "hoa")
    assert caught.value.status_code == 429
    assert sign_in(authenticator, "lan") is not None


def test_a_right_password_forgets_the_wrong_ones(authenticator: CampusAuthenticator) -> None:
    for _ in range(3):
        for _ in range(GUESSES - 1):
            sign_in(authenticator, "hoa", "wrong")
        assert sign_in(authenticator, "hoa") is not None


def test_an_account_that_is_gone_loses_its_session(authenticator: CampusAuthenticator) -> None:
    class User:
        name = "gone"

    assert asyncio.run(authenticator.refresh_user(User())) is False


def test_the_window_slides() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    for _ in range(GUESSES):
        guesses.begin("hoa")
        clock.now += 10
    assert guesses.wait_s("hoa") == GUESS_WINDOW_S - 10 * GUESSES
    clock.now += GUESS_WINDOW_S - 10 * GUESSES + 1
    assert guesses.wait_s("hoa") == 0
    guesses.begin("hoa")
    assert guesses.wait_s("hoa") > 0
