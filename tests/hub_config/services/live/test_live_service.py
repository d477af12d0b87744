"""The live service under a real hub, by its protocol: who gets in, whose kernel it is, what it tells, how it ends."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from live_service import HOUSEHOLD, IDLE_S, LESSONS, OFFICIAL, RAIN, SCOPES, STUDENT, TEACHER, kernels, log_of
from live_visitor import LiveVisitor
from running_hub import RunningHub, until
from tornado.httpclient import HTTPClientError

pytestmark = [pytest.mark.hub, pytest.mark.timeout(300)]


# --- who gets in
def test_lessons_with_live_python_are_shown_here_and_the_others_where_they_were(hub: RunningHub) -> None:
    with hub.sign_in(OFFICIAL) as visitor:
        live = visitor.get(f"/services/apps/{RAIN}/")
        assert (live.status_code, live.url.path) == (200, f"/services/live/{RAIN}/")
        assert "Kéo thanh để xem từng tuần" in live.text
        free = visitor.get("/services/live/text.first_prompt/")
        assert (free.status_code, free.url.path) == (200, "/services/apps/text.first_prompt/")


def test_the_text_is_there_before_any_kernel_is(hub: RunningHub) -> None:
    before = log_of(hub).count("Kernel started")
    with hub.sign_in(OFFICIAL) as visitor:
        assert "Chị Hoa" in visitor.get(f"/services/live/{RAIN}/").text
    assert log_of(hub).count("Kernel started") == before


def test_nobody_unknown_gets_in(hub: RunningHub) -> None:
    page = httpx.get(f"{hub.url}/services/live/{RAIN}/")
    assert page.status_code == 302
    assert page.headers["location"].startswith("/hub/api/oauth2/authorize")
    assert httpx.get(f"{hub.url}/services/live/session").status_code == 401
    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(LiveVisitor.arrive(hub.url, RAIN))


def test_a_token_without_the_scope_is_refused(hub: RunningHub) -> None:
    token = hub.token(OFFICIAL, "access:services!service=campus")
    with hub.api(token) as client:
        assert client.get(f"/services/live/{RAIN}/").status_code == 403
        assert client.get("/services/live/session").status_code == 401
    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(LiveVisitor.arrive(hub.url, RAIN, token=token))


def test_a_page_of_another_site_or_service_gets_neither_kernel_nor_token(hub: RunningHub) -> None:
    with hub.sign_in(OFFICIAL) as visitor:
        visitor.get(f"/services/live/{RAIN}/")
        mine = {c.name: c.value for c in visitor.cookies.jar if c.path == "/services/live/"}
        browser = {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}
        assert visitor.get("/services/live/session", headers=browser).status_code == 401
        own = {**browser, "X-XSRFToken": str(mine["_xsrf"])}
        assert visitor.get("/services/live/session", headers=own).json()["user"] == OFFICIAL
    cookies = "; ".join(f"{name}={value}" for name, value in mine.items())
    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(LiveVisitor.arrive(hub.url, RAIN, cookies=cookies, origin="http://elsewhere.example"))


def test_template_and_theme_of_the_address_change_nothing(hub: RunningHub, tokens: dict[str, str]) -> None:
    with hub.api(tokens[OFFICIAL]) as client:
        plain, asked = (client.get(f"/services/live/{RAIN}/{query}") for query in ("", "?template=lab&theme=dark"))
    assert plain.status_code == 200
    assert plain.content == asked.content


def test_no_page_and_no_asset_names_another_site(hub: RunningHub, tokens: dict[str, str]) -> None:
    with hub.api(tokens[OFFICIAL]) as client:
        page = client.get(f"/services/live/{RAIN}/").text
    addresses = re.findall(r'(?:src|href|data-[a-z-]+)="([^"]+)"', page)
    assert len(addresses) > 8
    assert not [address for address in addresses if "//" in address]


# --- whose kernel it is
def test_two_learners_have_each_their_own_and_their_own_values(arrive: Any) -> None:
    async def story() -> None:
        first, second = [await (await arrive(name)).opened() for name in (OFFICIAL, HOUSEHOLD)]
        assert "xóm Đồng Chè" in json.dumps(first.cells["7"], ensure_ascii=False)
        assert "xưởng chè" in json.dumps(second.cells["7"], ensure_ascii=False)
        drawn = await first.plot(3)
        assert drawn != await first.plot(4)
        assert await second.plot(3) == drawn
        first.leave()
        second.leave()

    asyncio.run(story())


def test_no_address_leads_to_a_kernel_by_its_id(hub: RunningHub, arrive: Any, tokens: dict[str, str]) -> None:
    async def story() -> None:
        visitor = await (await arrive(OFFICIAL)).opened()
        id_ = re.findall(r"Kernel started: ([0-9a-f-]{36})", log_of(hub))[-1]
        for name in (OFFICIAL, HOUSEHOLD):
            with hub.api(tokens[name]) as client:
                for path in ("api/kernels", f"api/kernels/{id_}", f"api/kernels/{id_}/channels"):
                    assert client.get(f"/services/live/{path}").status_code == 404
                assert client.delete(f"/services/live/api/kernels/{id_}").status_code in (403, 404)
                assert client.post(f"/services/live/voila/api/shutdown/{id_}").status_code in (403, 404)
                assert client.get(f"/services/live/voila/files/{RAIN}.ipynb").status_code == 404
        assert await visitor.plot(2)
        visitor.leave()

    asyncio.run(story())


def test_of_jupyters_messages_only_those_of_widgets_reach_the_kernel(arrive: Any) -> None:
    async def story() -> None:
        visitor = await (await arrive(OFFICIAL)).opened()
        code = {"code": "raise SystemExit", "silent": False, "allow_stdin": False}
        asked = [await visitor.send("execute_request", code)]
        asked += [await visitor.send("shutdown_request", {"restart": False}, "control")]
        asked += [await visitor.send("inspect_request", {"code": "rain", "cursor_pos": 1, "detail_level": 1})]
        heard = await visitor.slide(3)
        assert heard
        assert not [m for m in heard if m["parent_header"].get("msg_id") in asked]
        assert await visitor.plot(2)
        visitor.leave()

    asyncio.run(story())


def test_what_goes_wrong_in_a_live_part_is_for_the_log_alone(hub: RunningHub, arrive: Any) -> None:
    async def story() -> str:
        visitor = await (await arrive(OFFICIAL)).opened()
        heard = await visitor.slide("no number")
        heard += await visitor.slide(3)
        visitor.leave()
        return json.dumps(heard)

    said = asyncio.run(story())
    assert "image/png" in said
    assert "Traceback" not in said
    assert "TraitError" not in said
    assert "TraitError" in log_of(hub)


def test_the_kernel_knows_no_secret_and_the_page_no_code(hub: RunningHub, arrive: Any) -> None:
    async def story() -> str:
        visitor = await arrive(OFFICIAL)
        heard = [await visitor.next()]
        while heard[-1] is not None and heard[-1].get("hocai") != "open":
            heard.append(await visitor.next())
        environment = [Path(f"/proc/{pid}/environ") for pid in kernels(hub)]
        assert environment
        assert not [file for file in environment if b"JUPYTERHUB" in file.read_bytes()]
        visitor.leave()
        return json.dumps(heard)

    said = asyncio.run(story())
    assert "register" not in said, "a cell's source was sent to the page"


def test_a_second_page_of_the_same_learner_takes_over_and_the_first_is_told(hub: RunningHub, arrive: Any) -> None:
    async def story() -> None:
        first = await (await arrive(OFFICIAL)).opened()
        second = await (await arrive(OFFICIAL)).opened()
        assert await first.said() == {"hocai": "ended", "why": "elsewhere"}
        assert await first.said() is None
        assert await second.plot(2)
        assert len(kernels(hub)) == 1
        second.leave()

    asyncio.run(story())


# --- how many, how long
def test_when_all_kernels_are_taken_one_waits_by_turn(hub: RunningHub, arrive: Any) -> None:
    async def story() -> None:
        inside = [await (await arrive(name)).opened() for name in (OFFICIAL, HOUSEHOLD)]
        third, fourth = await arrive(STUDENT), await arrive(TEACHER)
        assert await third.said() == {"hocai": "waiting", "ahead": 0}
        assert await fourth.said() == {"hocai": "waiting", "ahead": 1}
        inside[0].leave()
        await third.opened()
        assert await fourth.said() == {"hocai": "waiting", "ahead": 0}
        third.leave()
        await fourth.opened()
        for visitor in (inside[1], fourth):
            visitor.leave()

    asyncio.run(story())
    until(lambda: not kernels(hub))


def test_an_idle_kernel_ends_and_a_used_one_does_not(hub: RunningHub, arrive: Any) -> None:
    async def story() -> None:
        idle, used = [await (await arrive(name)).opened() for name in (OFFICIAL, HOUSEHOLD)]
        for value in (2, 3, 4, 2):
            await asyncio.sleep(IDLE_S / 3)
            await used.slide(value)
        assert await idle.said() == {"hocai": "ended", "why": "idle"}
        assert await used.plot(3)
        used.leave()

    asyncio.run(story())
    until(lambda: not kernels(hub))


def test_a_visit_takes_a_kernel_that_was_forked_ahead_and_another_takes_its_place() -> None:
    with RunningHub(extra={"HOCAI_LESSONS": LESSONS, "HOCAI_LIVE_READY": "2"}).running() as hub:
        until(lambda: len(kernels(hub)) == 2)
        ahead = kernels(hub)

        async def story() -> set[int]:
            visitor = await LiveVisitor.arrive(hub.url, RAIN, token=hub.token(OFFICIAL, *SCOPES))
            await (await visitor.opened()).plot(2)
            there = await asyncio.to_thread(until, lambda: kernels(hub) if len(kernels(hub)) == 3 else None)
            assert ahead < there
            visitor.leave()
            return set(there)

        there = asyncio.run(story())
        until(lambda: len(kernels(hub)) == 2)
        (used,) = there - kernels(hub)
        assert used in ahead
