"""`hocai ai check` against a local server that speaks OpenAI's interface."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openai_server import OpenAIServer

from hub_config.cli_ai import ai
from hub_config.settings import Settings

KEY = "sk-test-check"
TABLES = """
[[ai_upstream]]
name = "near"
base_url = "{url}"
key = "{key}"
model = [{{id = "test-model"}}, {{id = "vectors", kind = "embeddings"}}, {{id = "paint", kind = "images"}}]

[[ai_upstream]]
name = "gone"
base_url = "http://127.0.0.1:{closed}/v1"
model = [{{id = "other"}}]
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def model() -> Iterator[OpenAIServer]:
    with OpenAIServer(free_port()) as running:
        yield running


def checked(data: Path, **environment: str) -> Result:
    return CliRunner().invoke(ai, ["check"], obj=Settings.load({"HOCAI_DATA": str(data), **environment}))


def test_with_no_model_it_says_who_answers(tmp_path: Path) -> None:
    told = checked(tmp_path)
    assert told.exit_code == 0
    assert "the practice AI answers" in told.output


def test_each_model_is_asked_once_and_the_one_that_is_gone_named_with_the_mend(
    tmp_path: Path, model: OpenAIServer
) -> None:
    tables = TABLES.format(url=model.base_url, key=KEY, closed=free_port())
    (tmp_path / "hocai.toml").write_text(tables, "utf-8")
    told = checked(tmp_path)
    lines = told.output.splitlines()
    assert told.exit_code == 1
    assert re.fullmatch(r"near  test-model \(chat\): answered in \d+\.\d s", lines[0])
    assert re.fullmatch(r"near  vectors \(embeddings\): answered in \d+\.\d s", lines[1])
    assert lines[2] == "near  paint (images): not asked"
    assert lines[3].startswith("gone  other (chat): no answer: nobody listens at its base_url; mend:")
    assert {asked.authorization for asked in model.requests} == {f"Bearer {KEY}"}
    assert KEY not in told.output


def test_a_wrong_key_is_told_without_what_the_endpoint_says_of_it(tmp_path: Path, model: OpenAIServer) -> None:
    model.behaviour = "bad_key"
    told = checked(tmp_path, HOCAI_AI_BASE_URL=model.base_url, HOCAI_AI_MODEL="test-model", HOCAI_AI_KEY=KEY)
    assert told.exit_code == 1
    assert "main  test-model (chat): no answer: it refused the key" in told.output
    assert KEY not in told.output


def test_a_model_that_answers_is_exit_code_0(tmp_path: Path, model: OpenAIServer) -> None:
    told = checked(tmp_path, HOCAI_AI_BASE_URL=model.base_url, HOCAI_AI_MODEL="test-model")
    assert told.exit_code == 0, told.output
