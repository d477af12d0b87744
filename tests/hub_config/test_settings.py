import os
from pathlib import Path

import pytest

from hub_config.settings import Settings, SettingsError


def load(data: Path, **environ: str) -> Settings:
    return Settings.load({"HOCAI_DATA": str(data), **environ})


def test_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "hocai.toml").write_text('port = 9100\nlog_level = "error"\n')
    settings = load(tmp_path, HOCAI_LOG_LEVEL="debug")
    assert (settings.port, settings.log_level, settings.ai_daily_tokens) == (9100, "debug", 50_000)


def test_ports_are_those_of_the_architecture_page(tmp_path: Path) -> None:
    s = load(tmp_path, HOCAI_PORT="9000")
    ports = [s.hub_port, s.proxy_api_port, s.campus_port, s.ai_port, s.apps_port, s.live_port]
    assert ports == [9001, 9002, 9003, 9004, 9005, 9006]


def test_default_lessons_are_the_level_folders(tmp_path: Path) -> None:
    names = [folder.name for folder in load(tmp_path).lessons]
    assert len(names) == 5
    assert names[0] == "level1_text"


@pytest.mark.parametrize(
    ("environ", "parts"),
    [
        ({"HOCAI_PORT": "http"}, ["HOCAI_PORT", "'http'", "1024 to 65529", "mend"]),
        ({"HOCAI_PORT": "80"}, ["HOCAI_PORT", "'80'", "1024 to 65529", "mend"]),
        ({"HOCAI_LOG_LEVEL": "loud"}, ["HOCAI_LOG_LEVEL", "'loud'", "debug, info", "mend"]),
        (
            {"HOCAI_LESSONS": "/nowhere/at/all"},
            ["HOCAI_LESSONS", "/nowhere/at/all", "existing folders", "mend"],
        ),
        ({"HOCAI_AI_BASE_URL": "http://ai.example/v1"}, ["HOCAI_AI_MODEL", "http://ai.example/v1", "mend"]),
    ],
)
def test_an_error_names_key_value_allowed_and_mend(tmp_path: Path, environ: dict[str, str], parts: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, **environ)
    assert all(part in str(caught.value) for part in parts), str(caught.value)


def test_an_unknown_key_in_the_file_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "hocai.toml").write_text("prot = 9000\n")
    with pytest.raises(SettingsError, match=r"hocai\.toml: prot: unknown key; allowed: .*port"):
        load(tmp_path)


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "hocai.toml").write_text("port = \n")
    with pytest.raises(SettingsError, match=r"hocai\.toml: not valid TOML"):
        load(tmp_path)


def test_only_the_gateway_takes_the_key_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "hocai.toml").write_text('ai_key = "sk-secret"\n')
    assert load(tmp_path, JUPYTERHUB_SERVICE_NAME="campus").ai_key is None
    gateway = load(tmp_path, JUPYTERHUB_SERVICE_NAME="ai")
    assert gateway.ai_key is not None
    assert "sk-secret" not in repr(gateway)


def test_environment_of_another_process_loads_the_same_values_and_no_key(tmp_path: Path) -> None:
    settings = load(tmp_path, HOCAI_PORT="9000", HOCAI_AI_KEY="sk-secret", HOCAI_AI_MODEL="m")
    handed = settings.environment("log_level")
    assert "sk-secret" not in str(handed)
    assert Settings.load(handed) == settings.model_copy(update={"ai_key": None, "ai_model": None})
    assert handed["HOCAI_LESSONS"].split(os.pathsep) == [str(folder) for folder in settings.lessons]
    assert "sk-secret" not in str(settings.environment("ai_key"))


def test_the_key_reaches_the_gateway_through_a_file_of_the_owner(tmp_path: Path) -> None:
    load(tmp_path, HOCAI_AI_KEY="sk-secret").hand_over_key()
    handed = tmp_path / "hub" / "ai_key"
    assert handed.stat().st_mode & 0o777 == 0o600
    gateway = load(tmp_path, JUPYTERHUB_SERVICE_NAME="ai")
    assert gateway.ai_key is not None
    assert gateway.ai_key.get_secret_value() == "sk-secret"
    assert load(tmp_path, JUPYTERHUB_SERVICE_NAME="campus").ai_key is None
    gateway.forget_key()
    assert not handed.exists()
