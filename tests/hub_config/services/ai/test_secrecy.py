"""The endpoint's key stays in the gateway: a real process, at its most talkative, with an endpoint that quotes it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
from gateway_run import KEY, PREFIX, environment
from openai_server import BEHAVIOURS, OpenAIServer
from running_hub import until

from hub_config.settings import Settings


def test_the_key_is_in_no_reply_log_or_file(tmp_path: Path, hub_api: str, model: OpenAIServer) -> None:
    given = environment(
        tmp_path / "data",
        JUPYTERHUB_API_URL=hub_api,
        HOCAI_AI_BASE_URL=model.base_url,
        HOCAI_AI_KEY=KEY,
        HOCAI_AI_MODEL="test-model",
        HOCAI_AI_TIMEOUT_S="1",
        HOCAI_LOG_LEVEL="debug",
    )
    url = f"http://127.0.0.1:{Settings.load(given).ai_port}{PREFIX}"
    log = tmp_path / "gateway.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "hub_config.services.ai"], env=os.environ | given, stdout=output, stderr=output
        )
    try:
        until(lambda: process.poll() is None and answers(url), within_s=60)
        said = "".join(talk(url, model))
    finally:
        process.terminate()
        process.wait(20)
    assert len(model.requests) >= 2 * len(BEHAVIOURS)
    assert all(asked.authorization == f"Bearer {KEY}" for asked in model.requests)
    files = [path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert any(b"test-model" in content for content in files), "nothing was recorded"
    for content in (said.encode(), log.read_bytes(), *files):
        assert KEY.encode() not in content
    assert b"token-hoa" not in log.read_bytes()
    assert b"upstream_failed" in log.read_bytes()


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health").status_code == 200
    except httpx.ConnectError:
        return False


def talk(url: str, model: OpenAIServer) -> list[str]:
    """What learner and grader hear, whatever the endpoint does."""
    model.retry_after = "0"
    said = []
    for behaviour in BEHAVIOURS:
        model.behaviour = behaviour
        for token in ("token-hoa", "token-campus"):
            for stream in (False, True):
                body = {"messages": [{"role": "user", "content": "Xin chào"}], "stream": stream}
                headers = {"Authorization": f"Bearer {token}", "X-Hocai-Exercise": "text.small/notice"}
                answer = httpx.post(f"{url}/v1/chat/completions", json=body, headers=headers, timeout=30)
                said.append(answer.text + json.dumps(dict(answer.headers)))
    return said


def test_the_gateway_does_not_start_outside_of_the_hub(tmp_path: Path, hub_api: str) -> None:
    given = environment(tmp_path / "data", JUPYTERHUB_API_URL=hub_api)
    del given["JUPYTERHUB_API_URL"]
    ended = subprocess.run(
        [sys.executable, "-m", "hub_config.services.ai"],
        env=os.environ | given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.strip().endswith("JUPYTERHUB_API_URL is not set; start it as a service of the hub")
