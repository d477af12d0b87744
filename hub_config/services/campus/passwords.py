"""Passwords as they are stored. The library is loaded where one is hashed, not by every service that reads accounts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


def hashed(password: str) -> str:
    """The hash to store. Takes 64 MB and some 50 ms."""
    return _hasher().hash(password)


def fits(password: str, stored: str | None) -> bool:
    """Whether this is the password with that hash. None, for nobody, takes as long as a wrong one."""
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    try:
        return _hasher().verify(_nobody() if stored is None else stored, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    return hashed("nobody")
