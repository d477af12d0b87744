"""Sign-in: names and passwords of campus's accounts, checked off the event loop."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from jupyterhub.auth import Authenticator
from jupyterhub.handlers.login import LogoutHandler
from sqlalchemy import Engine
from tornado.web import HTTPError
from traitlets import Any as AnyTrait
from traitlets.config import Config

from hub_config import wording
from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.services.campus.hubapi import TOKEN_SCOPES
from hub_config.settings import Settings

PEOPLE_GROUP = "people"  # everybody for whom campus and apps may issue tokens
GUESSES = 5
GUESS_WINDOW_S = 300.0
REMEMBERED_NAMES = 10_000


class Guesses:
    """Wrong guesses of each name within a sliding window, bounded in memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, deque[float]] = {}

    def wait_s(self, name: str) -> float:
        """Seconds until the name may be tried again; 0 when it may be now."""
        failures = self._failures.get(name)
        while failures and failures[0] <= self._clock() - GUESS_WINDOW_S:
            failures.popleft()
        if not failures or len(failures) < GUESSES:
            return 0.0
        return failures[0] + GUESS_WINDOW_S - self._clock()

    def begin(self, name: str) -> None:
        """Count a guess as wrong before it is checked, so that guesses made at once count too."""
        if name not in self._failures and len(self._failures) >= REMEMBERED_NAMES:
            self._failures.pop(next(iter(self._failures)))
        self._failures.setdefault(name, deque(maxlen=GUESSES)).append(self._clock())

    def forget(self, name: str) -> None:
        self._failures.pop(name, None)


class CampusAuthenticator(Authenticator):  # type: ignore[misc]  # jupyterhub has no types
    """Accounts of campus; groups follow enrolments (`nbgrader-ID` learners, `formgrade-ID` teachers)."""

    settings = AnyTrait(help="hub_config.settings.Settings").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.guesses = Guesses()
        self._engine: Engine | None = None
        # argon2 takes 64 MB a check: two at a time, the rest queue without blocking the hub
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="password")

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            self._engine = connect(self.settings)
        return self._engine

    async def authenticate(self, handler: Any, data: dict[str, str] | None) -> dict[str, Any] | None:
        """The hub's model of the person, or None; 429 after too many wrong guesses of one name."""
        if not data:
            return None
        name = self.normalize_username(data.get("username", "").strip())
        wait = self.guesses.wait_s(name)
        if wait > 0:
            error = HTTPError(429, "too many wrong guesses for one name")
            error.jupyterhub_message = wording.TOO_MANY_GUESSES.format(minutes=int(wait // 60) + 1)
            raise error
        self.guesses.begin(name)
        check = asyncio.get_running_loop().run_in_executor(
            self._threads, accounts.verify_password, self.engine, name, data.get("password", "")
        )
        account = await check
        if account is None:
            return None
        self.guesses.forget(name)
        return self._model(account)

    async def refresh_user(self, user: Any, handler: Any = None, **_: Any) -> Any:
        """Follow enrolments made since sign-in; False ends the session of an account that is gone."""
        account = await asyncio.to_thread(accounts.find_account, self.engine, user.name)
        return False if account is None else await asyncio.to_thread(self._model, account)

    def get_handlers(self, app: Any) -> list[tuple[str, Any]]:
        """The sign-in page, and a sign-out that ends more than the browser's session."""
        return [*super().get_handlers(app), ("/logout", SignOut)]

    def _model(self, account: accounts.Account) -> dict[str, Any]:
        enrolments = accounts.list_enrolments(self.engine, account.name)
        groups = [teachers(e.class_id) if e.as_ == "teacher" else learners(e.class_id) for e in enrolments]
        if account.kind in ("learner", "teacher"):
            groups.append(PEOPLE_GROUP)
        return {"name": account.name, "admin": account.kind == "admin", "groups": groups}


class SignOut(LogoutHandler):  # type: ignore[misc]  # jupyterhub has no types
    """Ends the tokens of the person's pages too: an hour is long on a phone that was lent.

    Pages on other devices of the same person get a new one by their own cookie, unnoticed.
    """

    async def default_handle_logout(self) -> None:
        user = self.current_user
        await super().default_handle_logout()
        if user is None:
            return
        for token in list(user.api_tokens):
            if set(token.scopes) == set(TOKEN_SCOPES):
                self.db.delete(token)
        self.db.commit()


def teachers(class_id: str) -> str:
    """The hub group of a class's teachers, named as nbgrader names it."""
    return f"formgrade-{class_id}"


def learners(class_id: str) -> str:
    """The hub group of a class's learners, named as nbgrader names it."""
    return f"nbgrader-{class_id}"


def apply(c: Config, settings: Settings) -> None:
    """Who gets in: every account that has a password."""
    c.JupyterHub.authenticator_class = CampusAuthenticator
    c.CampusAuthenticator.settings = settings
    c.CampusAuthenticator.allow_all = True
    c.CampusAuthenticator.any_allow_config = True
    c.CampusAuthenticator.manage_groups = True
    c.CampusAuthenticator.auth_refresh_age = 60
    c.CampusAuthenticator.delete_invalid_users = False
