"""Each concern applied to a bare configuration, no server."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from traitlets.config import Config

from hub_config import roles
from hub_config.jupyterhub_config import configure
from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.settings import Settings

KEY = "sk-the-key"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings.load({"HOCAI_DATA": str(tmp_path), "HOCAI_PORT": "9300", "HOCAI_AI_KEY": KEY})
    made.hub_folder.mkdir()
    engine = connect(made)
    accounts.create_class(engine, "6a", "Lớp 6A")
    engine.dispose()
    return made


@pytest.fixture
def c(settings: Settings) -> Config:
    config = Config()
    configure(config, settings)
    return config


def role(c: Config, name: str) -> dict[str, Any]:
    return next(dict(found) for found in c.JupyterHub.load_roles if found["name"] == name)


def test_everything_listens_on_loopback_at_the_ports_of_the_architecture(c: Config) -> None:
    addresses = [c.JupyterHub.bind_url, c.JupyterHub.hub_bind_url, c.ConfigurableHTTPProxy.api_url]
    addresses += [service["url"] for service in c.JupyterHub.services if "url" in service]
    assert addresses == [f"http://127.0.0.1:{port}" for port in range(9300, 9307)]


def test_servers_and_proxy_end_with_the_hub(c: Config) -> None:
    assert c.JupyterHub.cleanup_servers is True
    assert c.JupyterHub.cleanup_proxy is True


def test_the_key_is_in_nothing_that_the_hub_writes_down(c: Config) -> None:
    assert KEY not in json.dumps(c.JupyterHub.services)
    assert KEY not in repr(c.SealedSpawner.settings.environment("ai_key"))


def test_the_daily_run_is_a_service_without_address_that_is_told_its_hour(c: Config) -> None:
    daily = next(service for service in c.JupyterHub.services if service["name"] == "daily")
    assert not {"url", "oauth_no_confirm"} & daily.keys()
    assert daily["command"][-2:] == ["-m", "hub_config.services.daily"]
    assert daily["environment"]["HOCAI_DAILY_AT"] == "02:00"
    assert not [key for key in daily["environment"] if key.startswith("HOCAI_AI_")]
    assert [found["name"] for found in c.JupyterHub.load_roles if "daily" in found.get("services", [])] == []


def test_services_hold_the_smallest_scopes(c: Config) -> None:
    assert role(c, "campus")["scopes"] == [
        "tokens!group=people",
        "access:services!service=ai",
        "custom:ai:replies",
        "servers!user=class-6a",
    ]
    assert role(c, "apps")["scopes"] == ["tokens!group=people"]
    assert role(c, "live")["scopes"] == ["tokens!group=people"]
    assert [found["name"] for found in c.JupyterHub.load_roles if "ai" in found.get("services", [])] == []


def test_teachers_of_a_class_reach_its_server_and_nothing_more(c: Config) -> None:
    assert role(c, "teach-6a") == {
        "name": "teach-6a",
        "groups": ["formgrade-6a"],
        "scopes": ["access:servers!user=class-6a"],
    }
    assert role(c, "class-server")["users"] == ["class-6a"]


@pytest.mark.parametrize(("name", "asks_services"), [("an.nguyen", True), ("class-6a", False)])
def test_the_token_inside_a_class_server_opens_no_service(name: str, asks_services: bool) -> None:
    spawner = SimpleNamespace(user=SimpleNamespace(name=name))
    scopes = roles.server_scopes(spawner)
    assert ("access:services!service=campus" in scopes) == asks_services
    assert {"users:activity!user", "access:servers!server"} <= set(scopes)


def test_learners_are_admitted_by_account_and_their_configuration_is_ignored(c: Config) -> None:
    assert c.CampusAuthenticator.allow_all is True
    assert c.CampusAuthenticator.manage_groups is True
    assert c.SealedSpawner.disable_user_config is True
    assert c.SealedSpawner.hub_connect_url == "http://127.0.0.1:9300"


def test_the_culler_is_a_service_with_a_role(c: Config) -> None:
    culler = next(service for service in c.JupyterHub.services if service["name"] == "idle-culler")
    assert "jupyterhub_idle_culler" in culler["command"]
    assert "delete:servers" in role(c, "idle-culler")["scopes"]
