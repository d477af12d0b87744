from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import insert
from submission_rows import add_submission, campus_with_rows, current_version, environment_of, set_state, state_of

from hub_config.cli import main
from hub_config.services.campus import tables
from hub_config.services.campus.campus import Campus


@pytest.fixture
def campus(tmp_path: Path) -> Iterator[Campus]:
    with campus_with_rows(tmp_path) as made:
        yield made


def hocai(campus: Campus, *words: str, answer: str = "") -> Result:
    return CliRunner().invoke(main, ["grading", *words], input=answer, env=environment_of(campus.settings.data))


def test_status_counts_by_class_and_state(campus: Campus) -> None:
    oldest = datetime(2027, 3, 11, 19, tzinfo=UTC)
    for state, class_id in (("queued", "demo"), ("graded", "demo"), ("graded", "demo"), ("failed", "khac")):
        id_ = add_submission(campus, state, class_id=class_id, at=oldest)
    with campus.engine.begin() as connection:
        connection.execute(insert(tables.judging).values(submission=id_, state="queued", tries=0))
    assert hocai(campus, "daily").exit_code == 0
    found = json.loads(hocai(campus, "status", "--json").stdout)
    assert found["classes"] == {
        "demo": {"queued": 3, "grading": 0, "graded": 0, "failed": 0},
        "khac": {"queued": 1, "grading": 0, "graded": 0, "failed": 0},
    }
    assert found["submissions"] == {"queued": 4, "grading": 0, "graded": 0, "failed": 0}
    assert (found["waiting_for_judge"], found["oldest_waiting"]) == (1, "2027-03-11T19:00:00+00:00")
    assert found["daily_run"]["queued"] == 3


def test_status_as_a_table_names_what_there_is(campus: Campus) -> None:
    add_submission(campus, "queued", at=datetime(2027, 3, 11, 19, tzinfo=UTC))
    lines = [row.split() for row in hocai(campus, "status").stdout.splitlines()]
    assert ["class", "queued", "grading", "graded", "failed"] in lines
    assert ["demo", "1", "0", "0", "0"] in lines
    assert ["oldest", "that", "waits", "2027-03-12", "02:00"] in lines
    assert ["last", "daily", "run", "never"] in lines


@pytest.mark.parametrize(
    ("words", "queued"),
    [
        (["--all"], {"failed", "partly", "old", "current", "elsewhere"}),
        (["--class", "demo"], {"failed", "partly", "old", "current"}),
        (["--class", "khac", "--lesson", "text.small"], {"elsewhere"}),
        (["--failed"], {"failed", "partly"}),
        (["--outdated"], {"partly", "old", "elsewhere"}),
        (["--outdated", "--class", "khac"], {"elsewhere"}),
        (["--failed", "--outdated"], {"failed", "partly", "old", "elsewhere"}),
    ],
)
def test_again_queues_exactly_what_was_chosen_and_confirmed(campus: Campus, words: list[str], queued: set[str]) -> None:
    made = {
        "failed": add_submission(campus, "failed"),
        "partly": add_submission(campus, "graded", version="0123456789ab", problem="a rule failed"),
        "old": add_submission(campus, "graded", version="0123456789ab"),
        "current": add_submission(campus, "graded", version=current_version(campus)),
        "elsewhere": add_submission(campus, "graded", class_id="khac"),
    }
    refused = hocai(campus, "again", *words, answer="n\n")
    assert refused.exit_code == 1
    assert f"Grade {len(queued)} submission" in refused.output
    assert "queued" not in {state_of(campus, id_)[0] for id_ in made.values()}
    done = hocai(campus, "again", *words, "--yes")
    assert done.exit_code == 0, done.output
    assert f"Queued: {len(queued)}" in done.output
    assert {name for name, id_ in made.items() if state_of(campus, id_)[0] == "queued"} == queued


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "say which: --class ID, --lesson ID, --failed, --outdated"),
        (["--all", "--class", "demo"], "or --all"),
        (["--class", "6z"], "--class '6z' is no class; there are demo, khac"),
        (["--lesson", "text.none"], "--lesson 'text.none' is no lesson; there are text.small"),
    ],
)
def test_a_wrong_choice_is_answered_by_what_is_allowed(campus: Campus, words: list[str], sentence: str) -> None:
    said = hocai(campus, "again", *words)
    assert said.exit_code == 2
    assert sentence in said.output


def test_nothing_to_grade_again_is_said_without_asking(campus: Campus) -> None:
    said = hocai(campus, "again", "--all")
    assert (said.exit_code, "Nothing to grade again" in said.output) == (0, True)


def test_wait_stays_until_the_last_one_is_graded(campus: Campus) -> None:
    waiting = [add_submission(campus, "queued"), add_submission(campus, "grading")]
    said: list[Result] = []
    command = threading.Thread(target=lambda: said.append(hocai(campus, "wait")))
    command.start()
    set_state(campus, waiting[0], "graded")
    command.join(1.2)
    assert command.is_alive()
    set_state(campus, waiting[1], "failed")
    command.join(30)
    assert said[0].exit_code == 0, said[0].output
    assert "Nothing is queued any more; failed: 1" in said[0].output


def test_wait_says_that_campus_does_not_run_when_nothing_moves(campus: Campus) -> None:
    id_ = add_submission(campus, "failed")
    said = hocai(campus, "again", "--failed", "--yes")
    assert said.exit_code == 0
    said = hocai(campus, "wait", "--patience", "0.1")
    assert said.exit_code == 1
    assert "submissions waiting: 1): campus does not run" in said.output
    assert "hocai run" in said.output
    assert state_of(campus, id_)[0] == "queued"


def test_wait_is_patient_with_a_grader_that_works(campus: Campus) -> None:
    id_ = add_submission(campus, "grading")
    said: list[Result] = []
    command = threading.Thread(target=lambda: said.append(hocai(campus, "wait", "--patience", "0.3")))
    command.start()
    command.join(1.5)
    assert command.is_alive()
    set_state(campus, id_, "graded")
    command.join(30)
    assert said[0].exit_code == 0, said[0].output


def test_daily_runs_now(campus: Campus) -> None:
    add_submission(campus, "failed")
    add_submission(campus, "graded", version="0123456789ab")
    said = hocai(campus, "daily")
    assert said.exit_code == 0, said.output
    assert "queued 1 failed and 1 outdated" in said.output


def test_a_database_that_cannot_be_opened_is_named_with_the_mend(campus: Campus, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "campus.sqlite").write_bytes(b"no database" * 1000)
    said = CliRunner().invoke(main, ["grading", "status"], env=environment_of(tmp_path) | {"HOCAI_DATA": str(broken)})
    assert said.exit_code == 1
    assert "file is not a database" in said.output
    assert "mend:" in said.output
