"""The demo class of a fresh machine: one teacher, three learners, passwords made at random."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Engine

from hub_config import wording
from hub_config.services.campus import accounts
from hub_config.services.campus.accounts import Account

_CONSONANTS, _VOWELS = "bcdghklmnprstvx", "aeiou"
_SYLLABLES = 8  # 75 choices each: 50 bits, and guesses are limited


@dataclass(frozen=True)
class NewAccount:
    """An account and its password in clear: shown once, kept nowhere."""

    account: Account
    password: str


def create_demo_class(engine: Engine, class_id: str) -> list[NewAccount]:
    """Create class and people where there is no class at all yet; the people created."""
    if accounts.list_classes(engine):
        return []
    accounts.create_class(engine, class_id, wording.DEMO_CLASS_TITLE)
    made = []
    for name, display_name, kind, role, birth_year in wording.DEMO_PEOPLE:
        password = speakable_password()
        account = accounts.create_account(
            engine, name, display_name, password=password, kind=kind, role=role, birth_year=birth_year
        )
        accounts.enrol(engine, class_id, name, "teacher" if kind == "teacher" else "learner")
        made.append(NewAccount(account, password))
    return made


def speakable_password() -> str:
    """A password that can be read out and typed on a phone: `bamo-keta-lupi-sone`."""
    syllables = [secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES)]
    return "-".join("".join(syllables[at : at + 2]) for at in range(0, _SYLLABLES, 2))
