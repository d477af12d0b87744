"""What the gateway keeps of a request with personal data in it, and how it is counted."""

from pathlib import Path

import httpx
import openai
import pytest
from gateway_run import Gateway
from openai_server import OpenAIServer
from outside_run import ID, MAIL, MASKED, PHONE, PROMPT, outside, said, sent
from sqlalchemy import select

from hub_config.services.ai import audit, database, record
from hub_config.services.ai.usage import usage


def holding(running: Gateway) -> list[str]:
    """Which of the secrets stand in any file of the data folder."""
    files = [path.read_bytes() for path in running.settings.data.rglob("*") if path.is_file()]
    return [secret for secret in (PHONE, ID, MAIL) if any(secret.encode() in content for content in files)]


@pytest.mark.parametrize("days", ["0", "30"])
def test_no_file_holds_what_was_masked_and_the_reply_is_found_by_what_the_learner_wrote(
    tmp_path: Path, hub_api: str, model: OpenAIServer, days: str
) -> None:
    model.respond = lambda body: str(body["messages"][-1]["content"])
    kept_days = {"HOCAI_AI_PERSONAL_DATA": "mask", "HOCAI_AI_TEXT_KEPT_DAYS": days}
    with outside(tmp_path / "data", hub_api, (model, True), **kept_days) as running:
        said(running, PROMPT, X_Hocai_Exercise="text.small/notice")
        assert holding(running) == []
        engine = database.connect(running.settings.ai_database)
        (kept,) = record.replies(engine, "hoa", "text.small/notice")
        with engine.connect() as connection:
            texts = [tuple(row) for row in connection.execute(select(audit.text.c.prompt, audit.text.c.reply))]
        engine.dispose()
    assert (kept.prompt_sha256, kept.reply) == (record.prompt_sha256(PROMPT), MASKED)
    assert texts == ([(MASKED, MASKED)] if days == "30" else [])
    assert not any(secret in sent(model) for secret in (PHONE, ID, MAIL))


def test_a_refused_request_leaves_no_text_but_a_row_and_a_count(
    tmp_path: Path, hub_api: str, model: OpenAIServer
) -> None:
    with outside(tmp_path / "data", hub_api, (model, True), HOCAI_AI_TEXT_KEPT_DAYS="30") as running:
        with pytest.raises(openai.UnprocessableEntityError):
            said(running, PROMPT)
        assert holding(running) == []
        engine = database.connect(running.settings.ai_database)
        with engine.connect() as connection:
            row = connection.execute(select(audit.audit)).one()
            told = usage(connection, row.day, 1)
        engine.dispose()
        headers = {"Authorization": "Bearer token-campus"}
        metrics = httpx.get(f"{running.url}/metrics", headers=headers).text
    assert (row.status, row.outcome, row.code, row.money) == (422, "held", "personal_data", 0)
    assert 'outcome="personal_data"' in metrics
    assert told["days"][0]["requests"] == 0, "what its writer is asked about first is no use of the AI, and no failure"
    assert told["reasons"] == []
    for kind in ("phone", "citizen_id", "email"):
        assert f'hocai_ai_guard_findings_total{{what="{kind}"}} 1.0' in metrics
