"""`hocai judge evaluate` as an operator runs it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from gullible_model import gullible
from labelled_file import lines, written
from openai_server import OpenAIServer

from hub_config.cli import main


@pytest.fixture
def model() -> Iterator[OpenAIServer]:
    with OpenAIServer(21510, respond=gullible) as server:
        yield server


def hocai(data: Path, *arguments: str, **settings: str) -> Result:
    """The command in this process, with these settings only."""
    unset = {key: None for key in os.environ if key.startswith("HOCAI_")}
    return CliRunner().invoke(main, ["judge", *arguments], env={**unset, "HOCAI_DATA": str(data), **settings})


def test_json_goes_to_stdout_and_progress_to_stderr(model: OpenAIServer, tmp_path: Path) -> None:
    file = written(tmp_path / "labelled.jsonl")
    done = hocai(
        tmp_path, "evaluate", str(file), "--json",
        HOCAI_AI_BASE_URL=model.base_url, HOCAI_AI_MODEL="judge-1", HOCAI_AI_KEY="the-key",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["criteria"][0]["agreement"]["n"] == 12
    assert found["attack"]["gain"] == 0 < found["attack"]["gain_undefended"]
    assert "Reading" in done.stderr
    assert {request.authorization for request in model.requests} == {"Bearer the-key"}
    assert {request.body["model"] for request in model.requests} == {"judge-1"}
    assert "the-key" not in done.stdout + done.stderr


def test_tables_say_it_for_people_and_options_name_another_model(model: OpenAIServer, tmp_path: Path) -> None:
    file = written(tmp_path / "labelled.jsonl")
    done = hocai(tmp_path, "evaluate", str(file), "--base-url", model.base_url, "--model", "m2", "--against", "first")
    assert done.exit_code == 0, done.stderr
    table = {line.split()[0]: line.split() for line in done.stdout.splitlines() if line.strip()}
    assert table["clear"] == ["clear", "all", "6", "1.000", "1.000", "0.000"]
    assert table["rater-rater"][1] == "6"
    assert table["all"][:3] == ["all", "6", "0.000"]
    assert table["clean"][-3:] == ["0.000,", "absolute", "0.000"]
    assert {request.body["model"] for request in model.requests} == {"m2"}


def test_votes_are_read_as_often_as_asked(model: OpenAIServer, tmp_path: Path) -> None:
    file = written(tmp_path / "labelled.jsonl", lines()[4:5])
    hocai(tmp_path, "evaluate", str(file), "--base-url", model.base_url, "--model", "m", "--votes", "3")
    seeds = [request.body["seed"] for request in model.requests if "seed" in request.body]
    assert sorted(seeds) == [0, 0, 1, 1, 2, 2]  # the answer, and the answer attacked


def test_a_wrong_line_ends_it_before_any_question(model: OpenAIServer, tmp_path: Path) -> None:
    broken = [*lines(), {**lines()[0], "scores": {"co_lan": {"clear": 9}}}]
    file = written(tmp_path / "labelled.jsonl", broken)
    done = hocai(tmp_path, "evaluate", str(file), "--base-url", model.base_url, "--model", "m")
    assert done.exit_code == 1
    assert "labelled.jsonl: line 7: scores.co_lan.clear: level 9 is not among 0 to 2" in done.stderr
    assert model.requests == []


def test_without_a_model_it_says_what_to_set(tmp_path: Path) -> None:
    done = hocai(tmp_path, "evaluate", str(written(tmp_path / "labelled.jsonl")))
    assert done.exit_code == 2
    assert "HOCAI_AI_BASE_URL" in done.stderr


def test_an_endpoint_that_is_away_is_named(tmp_path: Path) -> None:
    file = written(tmp_path / "labelled.jsonl", lines()[:1])
    done = hocai(tmp_path, "evaluate", str(file), "--base-url", "http://127.0.0.1:21598/v1", "--model", "m")
    assert done.exit_code == 1
    assert "http://127.0.0.1:21598/v1" in done.stderr


def test_it_is_among_the_commands() -> None:
    assert "judge" in main.list_commands(None)  # type: ignore[arg-type, attr-defined]
