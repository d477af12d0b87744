"""One object that says where things are and which choices the operator made.

Values come from `HOCAI_*` in the environment, then from `DATA/hocai.toml`, then from the defaults below.
"""

import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator

from hub_config.ai_settings import AISettings
from hub_config.settings_errors import SettingsError as SettingsError  # what `load` raises
from hub_config.settings_errors import sentence

PREFIX = "HOCAI_"
AI_KEY_FILE = "hub/ai_key"
SETTINGS_FILE = "hocai.toml"


class Settings(AISettings):
    """Everything the hub, its services and the command `hocai` need to know. Frozen.

    `description` of a field is what an error says was allowed.
    """

    project: Path = Field(description="the folder that holds package.json and the level folders")
    data: Path = Field(description="a folder that the hub may write to")
    lessons: list[Path] = Field(description=f"existing folders, separated by {os.pathsep!r}")
    port: int = Field(
        8000,
        ge=1024,
        le=65529,
        description="a whole number from 1024 to 65529; the six after it are used too",
    )
    database_url: str = Field("", description="an SQLAlchemy URL, or nothing for SQLite in the data folder")
    judge_votes: int = Field(1, ge=1, le=9, description="how often a judge reads each criterion, 1 to 9")
    judge_concurrency: int = Field(16, ge=1, le=256, description="questions to the judge at a time, 1 to 256")
    dask_scheduler: str | None = Field(
        None,
        pattern=r"^(tcp|tls)://\S+:\d+$",
        description="the address of a Dask scheduler, tcp://HOST:PORT, or nothing for processes on this machine",
    )
    daily_at: str = Field(
        "02:00",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
        description="when the daily run begins, HH:MM in Vietnam",
    )
    token_kept_s: float = Field(
        300, ge=0, le=3600, description="seconds for which a token may work on after it was taken back, 0 to 3600"
    )
    live_kernels: int = Field(
        0, ge=0, le=10_000, description="kernels of live lessons at a time, or 0: as many as half of the memory holds"
    )
    live_ready: int = Field(
        20, ge=0, le=40, description="kernels of live lessons that wait for whoever comes; fewer where memory is short"
    )
    live_idle_s: float = Field(
        900, gt=0, description="seconds without a touch after which the kernel of a live lesson ends, more than 0"
    )
    demo_class: str = Field(
        "demo", pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$", description="small letters, digits, '-' and '_'"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="debug, info, warning or error")

    @classmethod
    def load(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings of this process. Raises `SettingsError`."""
        project = Path(environ.get("HOCAI_PROJECT") or _project_folder()).resolve()
        data = Path(environ.get("HOCAI_DATA") or project / "data").resolve()
        file = data / SETTINGS_FILE
        values: dict[str, Any] = _read_file(file)
        sources = {key: f"{file}: {key}" for key in values}
        for key in cls.model_fields:
            given = environ.get(PREFIX + key.upper())
            if given:
                values[key] = given.split(os.pathsep) if key == "lessons" else given
                sources[key] = PREFIX + key.upper()
        gateways = environ.get("JUPYTERHUB_SERVICE_NAME", "ai") == "ai"
        _settle_keys(values.get("ai_upstream"), data, kept=gateways)
        if not gateways:
            values.pop("ai_key", None)  # no other service holds a key, even when the file has it
        elif "ai_key" not in values and (handed := data / AI_KEY_FILE).is_file():
            values["ai_key"] = handed.read_text("utf-8")
        values |= {"project": project, "data": data}
        values.setdefault("lessons", sorted(project.glob("level[0-9]_*")))
        try:
            settings = cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError("\n".join(sentence(cls, sources, PREFIX, dict(e)) for e in error.errors())) from None
        return settings

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        missing = [str(folder) for folder in self.lessons if not folder.is_dir()]
        if missing:
            raise SettingsError(
                f"HOCAI_LESSONS = {os.pathsep.join(map(str, self.lessons))!r}: no such folder: {', '.join(missing)}; "
                f"allowed: existing folders, separated by {os.pathsep!r}; "
                "mend: create it, or take it out of HOCAI_LESSONS"
            )
        return self

    # --- ports, as docs/architecture.md lays them out
    @property
    def hub_port(self) -> int:
        return self.port + 1

    @property
    def proxy_api_port(self) -> int:
        return self.port + 2

    @property
    def campus_port(self) -> int:
        return self.port + 3

    @property
    def ai_port(self) -> int:
        return self.port + 4

    @property
    def apps_port(self) -> int:
        return self.port + 5

    @property
    def live_port(self) -> int:
        return self.port + 6

    @property
    def public_url(self) -> str:
        """Address of the one public port, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    # --- the data folder
    @property
    def hub_folder(self) -> Path:
        return self.data / "hub"

    @property
    def homes(self) -> Path:
        return self.data / "homes"

    @property
    def classes(self) -> Path:
        return self.data / "classes"

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def campus_database(self) -> str:
        """SQLAlchemy URL of campus's database."""
        return self.database_url or f"sqlite:///{self.data / 'campus.sqlite'}"

    @property
    def ai_database(self) -> Path:
        return self.data / "ai.sqlite"

    def hand_over_key(self) -> None:
        """Leave the AI key for the gateway in a file that only the owner reads.

        Not in its environment: JupyterHub writes the environment of its services into its database.
        """
        self.forget_key()
        if self.ai_key is not None:
            file = self.data / AI_KEY_FILE
            file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handed:
                handed.write(self.ai_key.get_secret_value())

    def forget_key(self) -> None:
        """Remove what `hand_over_key` left."""
        (self.data / AI_KEY_FILE).unlink(missing_ok=True)

    def environment(self, *keys: str) -> dict[str, str]:
        """`HOCAI_*` variables from which another process loads the same values of `keys`; never an AI key.

        `project`, `data`, `lessons` and `port` are always among them.
        """
        env = {}
        for key in ("project", "data", "lessons", "port", *keys):
            value = getattr(self, key)
            if value is None or value == "" or isinstance(value, SecretStr | tuple):
                continue  # tables stand in the file, which every process reads
            env[PREFIX + key.upper()] = os.pathsep.join(map(str, value)) if isinstance(value, list) else str(value)
        return env


def _project_folder() -> Path:
    """The folder around the environment this runs in (`.venv/..`), else the working folder."""
    around = Path(sys.prefix).parent
    return around if (around / "package.json").is_file() else Path.cwd()


def _read_file(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not valid TOML: {error}; mend: correct it or move it away") from None


def _settle_keys(tables: object, data: Path, *, kept: bool) -> None:
    """Say of each endpoint's key file where it lies, or forget all keys."""
    for table in tables if isinstance(tables, list) else ():
        if not isinstance(table, dict):
            continue
        if not kept:
            table.pop("key", None)
            table.pop("key_file", None)
        elif isinstance(table.get("key_file"), str):
            table["key_file"] = data / table["key_file"]
