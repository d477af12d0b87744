"""The AI gateway beside the direct call to the same model: what it adds, how many one core bears, its memory."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import httpx
import numpy as np
import psutil
import visitors
from connection import Connection, Reply, bearer, connected, request
from fast_model import TOKENS
from learners import LESSONS, ROOT
from output import progress, quick, result
from texts import TEXTS

from hub_config.services.campus.campus import Campus
from hub_config.settings import Settings

sys.path.insert(0, str(ROOT / "tests"))
from running_hub import RunningHub, until

PAIRS, QUICK_PAIRS = 1000, 200  # a direct call and one through the gateway, in turn
FULL_S, QUICK_FULL_S = 20.0, 4.0
CONNECTIONS = 16  # that ask one after the other without a pause
AT_ONCE = 100
QUOTA_HOLDS = 10  # requests of the one who asks a hundred at once
REPLY_TOKENS = 64
PATH = "/services/ai/v1/chat/completions"
SCOPE = "access:services!service=ai"
NO_LIMIT = str(10**9)


def main() -> None:
    """Print the figures of one run."""
    small = quick(__doc__ or "")
    with fast_model() as model:
        hub = RunningHub(extra=_environment(model))
        names = _learners(hub, CONNECTIONS)
        progress("starting a hub")
        with hub.running():
            gateway = psutil.Process(hub.service_pid("ai"))
            _pin(gateway)
            tokens = visitors.made(hub.data, names, scopes=[SCOPE], note="benchmark")
            progress("one request at a time, direct and through the gateway in turn")
            added = asyncio.run(_added(hub, model, tokens[0], QUICK_PAIRS if small else PAIRS))
            progress(f"{CONNECTIONS} connections without a pause")
            full = asyncio.run(_full(hub, model, tokens, QUICK_FULL_S if small else FULL_S))
            rss_mb = gateway.memory_info().rss / 1e6
        progress(f"{AT_ONCE} at once on a quota for {QUOTA_HOLDS}")
        overrun = _overrun(model)
    result(**added, **full, rss_mb=round(rss_mb, 1), overrun=overrun)


def _environment(model: int, **more: str) -> dict[str, str]:
    """A hub before the model, with nothing that slows one learner down."""
    return {
        "HOCAI_LESSONS": str(LESSONS),
        "HOCAI_AI_BASE_URL": f"http://127.0.0.1:{model}/v1",
        "HOCAI_AI_MODEL": "fast-model",
        "HOCAI_AI_DAILY_TOKENS": NO_LIMIT,
        "HOCAI_AI_CLASS_DAILY_TOKENS": NO_LIMIT,
        "HOCAI_AI_BURST_REQUESTS": NO_LIMIT,
        "HOCAI_AI_BURST_TOKENS": NO_LIMIT,
        "HOCAI_AI_CONCURRENCY_EACH": str(AT_ONCE),
        "HOCAI_AI_CONCURRENCY": str(AT_ONCE),
        **more,
    }


@contextmanager
def fast_model() -> Iterator[int]:
    """The port of a model that answers at once, on the core that the gateway has not."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen([sys.executable, Path(__file__).with_name("fast_model.py"), str(port)])
    try:
        until(lambda: _answers(port), every_s=0.05)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def _answers(port: int) -> bool:
    try:
        return _calls(port) >= 0
    except httpx.ConnectError:
        return False


def _calls(port: int) -> int:
    return int(httpx.get(f"http://127.0.0.1:{port}/calls").json()["calls"])


def _pin(gateway: psutil.Process) -> None:
    """One core for the gateway with all its threads, another for those who ask and the model."""
    first, *others = sorted(os.sched_getaffinity(0))
    gateway.cpu_affinity([first])
    for process in [psutil.Process(), *psutil.Process().children()]:
        process.cpu_affinity(others or [first])


def _learners(hub: RunningHub, number: int) -> list[str]:
    campus = Campus.open(Settings.load(hub.environment()))
    try:
        return visitors.learners(campus, number)
    finally:
        campus.engine.dispose()


_numbers = count()


def _request(path: str, port: int, token: str) -> bytes:
    """A question that nobody asked before."""
    question = TEXTS["question"].format(number=next(_numbers))
    body = {"messages": [{"role": "user", "content": question}], "max_tokens": REPLY_TOKENS}
    return request("POST", path, port, bearer(token), json.dumps(body).encode())


def _checked(reply: Reply) -> None:
    if reply.status != 200 or b'"fast-model"' not in reply.body:
        raise RuntimeError(f"the model did not answer: {reply}")


async def _seconds(connection: Connection, path: str, port: int, token: str) -> float:
    asked = _request(path, port, token)
    began = time.perf_counter()
    reply = await connection.ask(asked)
    seconds = time.perf_counter() - began
    _checked(reply)
    return seconds


async def _added(hub: RunningHub, model: int, token: str, pairs: int) -> dict[str, float]:
    """added_p50_ms, added_p95_ms, stock_p50_ms, stock_p95_ms: the model itself is the peer."""
    ai = hub.port + 4
    async with connected(model) as straight, connected(ai) as through:
        for _ in range(20):
            await _seconds(through, PATH, ai, token)
        times = [
            (
                await _seconds(straight, "/v1/chat/completions", model, token),
                await _seconds(through, PATH, ai, token),
            )
            for _ in range(pairs)
        ]
    direct, gateway = (1000 * np.percentile(column, (50, 95)) for column in np.array(times).T)
    p50, p95 = gateway - direct
    return {
        "added_p50_ms": round(float(p50), 2),
        "added_p95_ms": round(float(p95), 2),
        "stock_p50_ms": round(float(direct[0]), 2),
        "stock_p95_ms": round(float(direct[1]), 2),
    }


async def _full(hub: RunningHub, model: int, tokens: Sequence[str], seconds: float) -> dict[str, float]:
    """per_s, stock_per_s: completions a second, through the gateway and straight from the model."""
    ours = await _per_s(PATH, hub.port + 4, tokens, seconds)
    stock = await _per_s("/v1/chat/completions", model, tokens, min(seconds, 5.0))
    return {"per_s": round(ours, 1), "stock_per_s": round(stock, 1)}


async def _per_s(path: str, port: int, tokens: Sequence[str], seconds: float) -> float:
    ends = time.perf_counter() + seconds

    async def one(token: str) -> int:
        done = 0
        async with connected(port) as connection:
            while time.perf_counter() < ends:
                await _seconds(connection, path, port, token)
                done += 1
        return done

    return sum(await asyncio.gather(*map(one, tokens))) / seconds


def _overrun(model: int) -> int:
    """How many of a hundred requests at once got past a quota that holds ten."""
    first = json.loads(_request(PATH, 0, "").partition(b"\r\n\r\n")[2])["messages"][0]["content"]
    most = QUOTA_HOLDS * (len(first.encode()) + REPLY_TOKENS)  # never less than what ten may cost at most
    hub = RunningHub(extra=_environment(model, HOCAI_AI_DAILY_TOKENS=str(most)))
    names = _learners(hub, 1)
    with hub.running():
        token = visitors.made(hub.data, names, scopes=[SCOPE], note="benchmark")[0]
        before = _calls(model)
        asyncio.run(_all_at_once(hub.port + 4, token))
        taken = _calls(model) - before
    if not taken:
        raise RuntimeError("no request got through: the quota is too small for one")
    return max(0, taken - most // TOKENS)


async def _all_at_once(port: int, token: str) -> None:
    async def one() -> None:
        async with connected(port) as connection:
            await connection.ask(_request(PATH, port, token))

    await asyncio.gather(*(one() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    main()
