"""The card of the prompt widget, in Chromium: the page that Voila exported, the real gateway, an endpoint outside."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from asgi_server import serve
from campus_double import CampusDouble
from chromium import needs_chromium
from gateway_run import Gateway
from kinds_lesson import write_lesson
from openai_server import OpenAIServer
from outside_run import ID, PHONE, outside
from playwright import sync_api
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route

from course.catalog import Catalog
from hub_config.publishing import publish_all
from hub_config.services.campus import accounts
from hub_config.services.campus.database import connect
from hub_config.settings import Settings

pytestmark = [pytest.mark.browser, needs_chromium]
PORT = 21428
PROMPT = f"😀 Viết thư mời bà Hoa, số {PHONE}, căn cước {ID}, họp 19 giờ 30."
MASKED = "😀 Viết thư mời bà Hoa, số [SỐ ĐIỆN THOẠI], căn cước [SỐ CĂN CƯỚC], họp 19 giờ 30."


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    place = tmp_path_factory.mktemp("kit")
    level = place / "level1"
    write_lesson(level / "01_kinds")
    shutil.copy(Path(__file__).parents[5] / "level1_text" / "level.toml", level)
    settings = Settings.load({**os.environ, "HOCAI_DATA": str(place / "data"), "HOCAI_LESSONS": str(level)})
    settings.data.mkdir()
    publish_all(settings)
    return settings


@pytest.fixture
def running(
    published: Settings, tmp_path: Path, hub_api: str, model: OpenAIServer, request: pytest.FixtureRequest
) -> Iterator[Gateway]:
    lessons = {"HOCAI_LESSONS": str(published.lessons[0])}
    policy = {"HOCAI_AI_PERSONAL_DATA": getattr(request, "param", "warn")}
    with outside(tmp_path / "ai", hub_api, (model, True), **lessons, **policy) as gateway:
        yield gateway


def site(published: Settings, gateway: Gateway) -> Starlette:
    """Campus's double with the real gateway behind the address where pages look for it; everybody is hoa."""

    async def chat(request: Request) -> Response:
        client = httpx.AsyncClient(timeout=30)
        kept = {key: value for key, value in request.headers.items() if key.startswith(("x-hocai", "content-type"))}
        asked = client.build_request(
            "POST",
            f"{gateway.url}/v1/chat/completions",
            content=await request.body(),
            headers={**kept, "Authorization": "Bearer token-hoa"},
        )
        answer = await client.send(asked, stream=True)

        async def pieces() -> AsyncIterator[bytes]:
            async for piece in answer.aiter_bytes():
                yield piece
            await client.aclose()

        return StreamingResponse(pieces(), answer.status_code, media_type=answer.headers["content-type"])

    double = CampusDouble(list(Catalog(published.lessons)), published.published)
    return Starlette(routes=[Route("/services/ai/v1/chat/completions", chat, methods=["POST"]), Mount("/", double.app)])


@pytest.fixture
def page(published: Settings, running: Gateway, browser: sync_api.Browser) -> Iterator[sync_api.Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with serve(site(published, running), PORT):
        page.goto(f"http://127.0.0.1:{PORT}/services/apps/text.kinds/#buoc-7")
        yield page
        context.close()
    assert errors == []


def ask(page: sync_api.Page, prompt: str = PROMPT) -> sync_api.Locator:
    """The step of the prompt, after its button was pressed."""
    place = page.locator("#buoc-7")
    place.get_by_label("Câu lệnh của bạn", exact=True).fill(prompt)
    place.get_by_role("button", name="Hỏi AI").click()
    return place


def box(place: sync_api.Locator) -> sync_api.Locator:
    return place.locator("textarea").first


def test_the_learner_sees_what_was_noticed_before_anything_leaves_and_may_mask_it(
    page: sync_api.Page, model: OpenAIServer
) -> None:
    place = ask(page)
    card = place.get_by_role("group", name="Câu lệnh có thông tin riêng")
    sync_api.expect(card).to_be_focused()
    sync_api.expect(card.locator("mark")).to_have_text([f"{PHONE} (số điện thoại)", f"{ID} (số căn cước)"])
    sync_api.expect(place.get_by_role("button", name="Hỏi AI")).to_be_hidden()
    assert model.requests == []
    card.get_by_role("button", name="Che đi rồi gửi").click()
    sync_api.expect(box(place)).to_have_value(MASKED)
    sync_api.expect(place).to_contain_text("AI đã trả lời xong.")
    sync_api.expect(card).to_have_count(0)
    assert [asked.body["messages"][0]["content"] for asked in model.requests] == [MASKED]
    sync_api.expect(place).to_contain_text("Đã che 2 chỗ trước khi gửi.")
    place.get_by_role("button", name="Hoàn tác").click()
    sync_api.expect(box(place)).to_have_value(PROMPT)
    sync_api.expect(box(place)).to_be_focused()
    sync_api.expect(place.get_by_role("button", name="Hoàn tác")).to_have_count(0)
    assert len(model.requests) == 1


def test_by_keyboard_alone_one_goes_back_to_the_first_place_and_mends_it(
    page: sync_api.Page, model: OpenAIServer
) -> None:
    place = ask(page)
    place.get_by_role("button", name="Sửa lại").wait_for()
    for _ in range(3):  # the text, the two first buttons
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    sync_api.expect(box(place)).to_be_focused()
    assert (
        page.evaluate(
            "getSelection().toString() || document.activeElement.value.slice("
            "document.activeElement.selectionStart, document.activeElement.selectionEnd)"
        )
        == PHONE
    )
    sync_api.expect(place.get_by_role("button", name="Che đi rồi gửi")).to_have_count(0)
    page.keyboard.type("của bà")
    sync_api.expect(box(place)).to_have_value(PROMPT.replace(PHONE, "của bà"))
    sync_api.expect(place.get_by_role("button", name="Hỏi AI")).to_be_visible()
    assert model.requests == []


def test_whoever_insists_may_send_it_as_it_is_where_that_is_allowed(page: sync_api.Page, model: OpenAIServer) -> None:
    place = ask(page)
    place.get_by_role("button", name="Vẫn gửi").click()
    sync_api.expect(place).to_contain_text("AI đã trả lời xong.")
    sync_api.expect(box(place)).to_have_value(PROMPT)
    assert [asked.body["messages"][0]["content"] for asked in model.requests] == [PROMPT]


def test_a_pupil_is_not_offered_to_send_it(page: sync_api.Page, running: Gateway, model: OpenAIServer) -> None:
    engine = connect(running.settings)
    accounts.set_birth_year(engine, "hoa", 2020)
    engine.dispose()
    place = ask(page)
    place.get_by_role("button", name="Che đi rồi gửi").wait_for()
    sync_api.expect(place.get_by_role("button", name="Vẫn gửi")).to_have_count(0)
    box(place).fill("Viết thư mời bà Hoa.")  # mended in the box: the card goes
    sync_api.expect(place.get_by_role("button", name="Che đi rồi gửi")).to_have_count(0)
    place.get_by_role("button", name="Hỏi AI").click()
    sync_api.expect(place).to_contain_text("AI đã trả lời xong.")
    assert len(model.requests) == 1


@pytest.mark.parametrize("running", ["mask"], indirect=True)
def test_what_was_masked_without_asking_is_said_with_the_reply(page: sync_api.Page, model: OpenAIServer) -> None:
    place = ask(page)
    sync_api.expect(place).to_contain_text("Trước khi gửi, hệ thống đã che: số điện thoại, số căn cước.")
    assert model.requests[0].body["messages"][0]["content"] == MASKED


@pytest.mark.parametrize("size", ["112.5%", "225%"])
def test_the_card_fits_a_narrow_screen_also_with_large_text(page: sync_api.Page, size: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
    place = ask(page, f"{PROMPT} {'https://zalo.me/' + '0912345678' * 20}")
    place.get_by_role("button", name="Vẫn gửi").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = place.evaluate(
        "e => [...e.querySelectorAll('.hk-personal button')].filter(b => b.getBoundingClientRect().height < 44).length"
    )
    assert small == 0
