"""Who there is: accounts, classes, and who learns or teaches where."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    bindparam,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from hub_config.services.campus import passwords
from hub_config.services.campus.database import UtcDateTime, metadata, migration, now, reading

Kind = Literal["learner", "teacher", "admin", "class"]
Role = Literal["official", "household", "farmer", "worker", "teacher", "student"]
Membership = Literal["learner", "teacher"]

CLASS_PREFIX = "class-"
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")  # a hub user name, a folder and a URL part as it is
MIN_PASSWORD = 8
EARLIEST_BIRTH = 1900

account = Table(
    "account",
    metadata,
    Column("name", String, primary_key=True),
    Column("password_hash", String),  # null: cannot sign in
    Column("kind", String, nullable=False),
    Column("display_name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("birth_year", Integer),  # null: not known
)
course_class = Table(
    "course_class",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
enrolment = Table(
    "enrolment",
    metadata,
    Column("class_id", String, ForeignKey("course_class.id"), primary_key=True),
    Column("account", String, ForeignKey("account.name"), primary_key=True),
    Column("as", String, key="as_", nullable=False),
)

_ACCOUNT = select(account).where(account.c.name == bindparam("of_name"))  # built once: each request asks it


class AccountError(ValueError):
    """A name, kind, role or password that cannot be used; the text says what was allowed."""


@dataclass(frozen=True)
class Account:
    name: str
    kind: Kind
    display_name: str
    role: Role
    created_at: datetime
    birth_year: int | None = None


@dataclass(frozen=True)
class CourseClass:
    id: str
    title: str
    created_at: datetime


@dataclass(frozen=True)
class Enrolment:
    class_id: str
    account: str
    as_: Membership


@migration("0001_accounts")
def _create_tables(connection: Connection) -> None:
    for table in (account, course_class, enrolment):
        table.create(connection)


@migration("0007_birth_year")
def _add_birth_year(connection: Connection) -> None:
    if "birth_year" not in {column["name"] for column in inspect(connection).get_columns("account")}:
        connection.exec_driver_sql("ALTER TABLE account ADD COLUMN birth_year INTEGER")


def create_account(
    engine: Engine,
    name: str,
    display_name: str,
    *,
    password: str | None,
    kind: Kind = "learner",
    role: Role = "official",
    birth_year: int | None = None,
) -> Account:
    """Add an account. `password=None` makes one that cannot sign in. Raises `AccountError`."""
    _check(name, kind, role, password)
    if birth_year is not None:
        check_birth_year(birth_year)
    made = Account(name, kind, unicodedata.normalize("NFC", display_name).strip(), role, now(), birth_year)
    with engine.begin() as connection:
        _insert_account(connection, made, password)
    return made


def find_account(engine: Engine, name: str) -> Account | None:
    with reading(engine) as connection:
        row = connection.execute(_ACCOUNT, {"of_name": name}).one_or_none()
    return None if row is None else _account(row)


def list_accounts(engine: Engine, *, class_id: str | None = None, as_: Membership | None = None) -> list[Account]:
    """All accounts by name, or those enrolled in a class, or those enrolled as learner or teacher."""
    query = select(account).distinct().order_by(account.c.name)
    if class_id is not None or as_ is not None:
        query = query.join(enrolment, enrolment.c.account == account.c.name)
    if class_id is not None:
        query = query.where(enrolment.c.class_id == class_id)
    if as_ is not None:
        query = query.where(enrolment.c.as_ == as_)
    with reading(engine) as connection:
        return [_account(row) for row in connection.execute(query)]


def verify_password(engine: Engine, name: str, password: str) -> Account | None:
    """The account, if it may sign in with that password. Takes about 50 ms of CPU either way: use a thread."""
    with reading(engine) as connection:
        row = connection.execute(select(account).where(account.c.name == name)).one_or_none()
    stored = None if row is None or row.kind == "class" else row.password_hash
    right = passwords.fits(password, stored)
    return _account(row) if row is not None and right else None


def set_password(engine: Engine, name: str, password: str) -> None:
    """Replace the password of an account. Raises `AccountError`."""
    _check_password(password)
    change = update(account).where(account.c.name == name, account.c.kind != "class")
    with engine.begin() as connection:
        if connection.execute(change.values(password_hash=passwords.hashed(password))).rowcount != 1:
            raise AccountError(f"account {name!r} does not exist or cannot sign in")


def set_birth_year(engine: Engine, name: str, birth_year: int) -> None:
    """Say when somebody was born. Raises `AccountError`."""
    check_birth_year(birth_year)
    with engine.begin() as connection:
        change = update(account).where(account.c.name == name, account.c.kind != "class")
        if connection.execute(change.values(birth_year=birth_year)).rowcount != 1:
            raise AccountError(f"account {name!r} does not exist or is no person's")


def create_class(engine: Engine, class_id: str, title: str) -> CourseClass:
    """Add a class and the account `class-ID` whose server runs its formgrader. Raises `AccountError`."""
    owner = CLASS_PREFIX + class_id
    _check(owner, "class", "teacher", None)
    made = CourseClass(class_id, unicodedata.normalize("NFC", title).strip(), now())
    with engine.begin() as connection:
        _insert_account(connection, Account(owner, "class", made.title, "teacher", made.created_at), None)
        connection.execute(insert(course_class).values(id=made.id, title=made.title, created_at=made.created_at))
    return made


def list_classes(engine: Engine) -> list[CourseClass]:
    with reading(engine) as connection:
        rows = connection.execute(select(course_class).order_by(course_class.c.id))
        return [CourseClass(row.id, row.title, row.created_at) for row in rows]


def enrol(engine: Engine, class_id: str, name: str, as_: Membership = "learner") -> None:
    """Add somebody to a class. Raises `AccountError` for an unknown class or account, or a second enrolment."""
    if as_ not in get_args(Membership):
        raise AccountError(f"enrolment as {as_!r}; allowed: {', '.join(get_args(Membership))}")
    try:
        with engine.begin() as connection:
            connection.execute(insert(enrolment).values(class_id=class_id, account=name, as_=as_))
    except IntegrityError as error:
        raise AccountError(f"{name!r} cannot be enrolled in {class_id!r}: {error.orig}") from None


def list_enrolments(engine: Engine, name: str) -> list[Enrolment]:
    """The classes in which somebody learns or teaches."""
    query = select(enrolment).where(enrolment.c.account == name).order_by(enrolment.c.class_id)
    with reading(engine) as connection:
        return [Enrolment(row.class_id, row.account, row.as_) for row in connection.execute(query)]


def _insert_account(connection: Connection, made: Account, password: str | None) -> None:
    hashed = None if password is None else passwords.hashed(password)
    try:
        connection.execute(insert(account).values(password_hash=hashed, **vars(made)))
    except IntegrityError:
        raise AccountError(f"account {made.name!r} exists already; choose another name") from None


def _check(name: str, kind: Kind, role: Role, password: str | None) -> None:
    if not NAME.fullmatch(name):
        raise AccountError(f"account name {name!r}; allowed: 3 to 40 of a-z, 0-9, '.', '_', '-'")
    if name.startswith(CLASS_PREFIX) != (kind == "class"):
        raise AccountError(f"account name {name!r} of kind {kind!r}: {CLASS_PREFIX!r} begins class accounts only")
    for given, allowed in ((kind, get_args(Kind)), (role, get_args(Role))):
        if given not in allowed:
            raise AccountError(f"{given!r} of account {name!r}; allowed: {', '.join(allowed)}")
    if password is not None:
        _check_password(password)


def check_birth_year(birth_year: int) -> None:
    """Raises `AccountError`."""
    latest = now().year
    if not EARLIEST_BIRTH <= birth_year <= latest:
        raise AccountError(f"birth year {birth_year}; allowed: {EARLIEST_BIRTH} to {latest}")


def _check_password(password: str) -> None:
    if len(password) < MIN_PASSWORD:
        raise AccountError(f"a password of {len(password)} characters; allowed: at least {MIN_PASSWORD}")


def _account(row: Row[Any]) -> Account:
    return Account(row.name, row.kind, row.display_name, row.role, row.created_at, row.birth_year)
