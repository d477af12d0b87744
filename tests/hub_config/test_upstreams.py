"""`[[ai_upstream]]` in hocai.toml."""

from pathlib import Path

import pytest

from hub_config.settings import Settings, SettingsError

KEY = "sk-of-the-cloud-91"
CLOUD = f"""
[[ai_upstream]]
name = "cloud"
base_url = "https://ai.example/v1"
key = "{KEY}"
timeout_s = 20
[[ai_upstream.model]]
id = "big"
input_price = 60_000
output_price = 240_000
[[ai_upstream.model]]
id = "voice"
kind = "speech"
"""
OLLAMA = """
[[ai_upstream]]
name = "ollama"
base_url = "http://127.0.0.1:11434/v1"
[[ai_upstream.model]]
id = "qwen3"
"""


def load(data: Path, toml: str, **environ: str) -> Settings:
    (data / "hocai.toml").write_text(toml, "utf-8")
    return Settings.load({"HOCAI_DATA": str(data), **environ})


def test_endpoints_stand_in_their_order_behind_that_of_the_short_form(tmp_path: Path) -> None:
    short = {"HOCAI_AI_BASE_URL": "http://10.0.0.7/v1", "HOCAI_AI_MODEL": "m", "HOCAI_AI_KEY": "short"}
    main, ollama, cloud = load(tmp_path, OLLAMA + CLOUD, **short).upstreams
    assert [u.name for u in (main, ollama, cloud)] == ["main", "ollama", "cloud"]
    assert [(m.id, m.kind, m.output_price) for m in cloud.model] == [("big", "chat", 240_000), ("voice", "speech", 0)]
    assert (main.timeout_s, cloud.timeout_s) == (60, 20)
    assert load(tmp_path, "").upstreams == ()


@pytest.mark.parametrize(
    ("url", "leaves"),
    [
        ("https://api.openai.com/v1", True),
        ("http://8.8.8.8/v1", True),
        ("http://127.0.0.1:11434/v1", False),
        ("http://[::1]:8000/v1", False),
        ("http://192.168.1.20/v1", False),
        ("http://localhost:8000/v1", False),
        ("http://ollama:11434/v1", False),
        ("http://ai.truong.edu.vn/v1", True),
    ],
)
def test_what_goes_to_another_host_leaves_the_own_network(tmp_path: Path, url: str, leaves: bool) -> None:
    table = OLLAMA.replace("http://127.0.0.1:11434/v1", url)
    assert load(tmp_path, table).upstreams[0].leaves is leaves
    said = table.replace("[[ai_upstream.model]]", f"outside = {str(not leaves).lower()}\n[[ai_upstream.model]]")
    assert load(tmp_path, said).upstreams[0].leaves is not leaves


def test_the_key_is_for_the_gateway_alone(tmp_path: Path) -> None:
    gateway = load(tmp_path, CLOUD, JUPYTERHUB_SERVICE_NAME="ai")
    secret = gateway.upstreams[0].secret()
    assert secret is not None and secret.get_secret_value() == KEY
    for other in (load(tmp_path, CLOUD, JUPYTERHUB_SERVICE_NAME="campus"), gateway.without_keys()):
        assert (other.upstreams[0].key, other.upstreams[0].secret()) == (None, None)
        assert other.upstreams[0].model == gateway.upstreams[0].model
    keys = [key for key in Settings.model_fields if key.startswith("ai_")]
    assert KEY not in repr(gateway) + str(gateway.environment(*keys))


def test_a_key_can_lie_in_a_file_that_only_the_gateway_reads(tmp_path: Path) -> None:
    toml = CLOUD.replace(f'key = "{KEY}"', 'key_file = "cloud.key"')
    gateway = load(tmp_path, toml)
    with pytest.raises(SettingsError, match=r"cloud: key_file = '.*cloud\.key': cannot be read .*mend"):
        gateway.upstreams[0].secret()
    (tmp_path / "cloud.key").write_text(f"{KEY}\n")
    secret = gateway.upstreams[0].secret()
    assert secret is not None and secret.get_secret_value() == KEY
    assert load(tmp_path, toml, JUPYTERHUB_SERVICE_NAME="apps").upstreams[0].key_file is None


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ('kind = "speech"', 'kind = "song"', ["ai_upstream[1].model[2].kind = 'song'", "transcriptions", "mend"]),
        ('id = "big"', "", ["ai_upstream[1].model[1].id is missing", "own name of the model", "mend"]),
        ("input_price = 60_000", "input_price = -1", ["ai_upstream[1].model[1].input_price = -1", "0 or more"]),
        ("timeout_s = 20", "time_out = 20", ["ai_upstream[1].time_out: unknown key", "timeout_s", "mend"]),
        ('"https://ai.example/v1"', '"ai.example"', ["ai_upstream[1].base_url = 'ai.example'", "ending in /v1"]),
        (f'key = "{KEY}"', "key = 7", ["ai_upstream[1].key = (hidden)", "the API key", "mend"]),
        ("timeout_s = 20", 'key_file = "k"', ["cloud: key and key_file are both set", "mend"]),
        ('name = "cloud"', 'name = "main"', ["name = 'main' stands twice", "mend"]),
        ('id = "voice"', 'id = "auto"', ["cloud: model id = 'auto' is taken", "ai-luyen-tap", "mend"]),
        ('kind = "speech"', 'kind = "chat"\n[[ai_upstream.model]]\nid = "big"', ["model id = 'big' is taken"]),
    ],
)
def test_an_error_names_key_value_allowed_and_mend_and_never_a_key(
    tmp_path: Path, before: str, after: str, parts: list[str]
) -> None:
    assert before in CLOUD
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, CLOUD.replace(before, after))
    assert all(part in str(caught.value) for part in parts), str(caught.value)
    assert KEY not in str(caught.value)


def test_two_endpoints_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="name = 'ollama' stands twice"):
        load(tmp_path, OLLAMA + OLLAMA)


def test_tables_are_not_for_the_environment(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"HOCAI_AI_UPSTREAM = .*allowed: \[\[ai_upstream\]\] tables"):
        load(tmp_path, "", HOCAI_AI_UPSTREAM="ollama")
