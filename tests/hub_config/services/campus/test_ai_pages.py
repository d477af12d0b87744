"""Pages of use, cost and failures of the AI, with the real gateway behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from ai_site import AiSite, ai_site
from campus_site import LocalHub, free_port
from openai_server import OpenAIServer

from hub_config.services.campus import accounts
from hub_config.services.campus.ai_usage import HEIGHT, Sums, chart, reason

SECRET = "bí mật của An"


@pytest.fixture
def model() -> Iterator[OpenAIServer]:
    with OpenAIServer(free_port()) as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, local_hub: LocalHub, model: OpenAIServer) -> Iterator[AiSite]:
    prices = {"ai_output_price": "5000000"}  # 5 VND a token
    with ai_site(tmp_path, local_hub, model, **prices, ai_class_daily_money="2000000") as made:
        yield made


def shown(site: AiSite, name: str, path: str, status: int = 200) -> str:
    with site.browser(name) as browser:
        answer = browser.get(path)
    assert answer.status_code == status, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]))


def test_a_teacher_sees_amounts_of_the_own_class_and_no_text(site: AiSite, model: OpenAIServer) -> None:
    site.ask("an.nguyen", SECRET)
    site.ask("an.nguyen", "Viết thư.")
    site.ask("khach.le")  # of no class
    model.behaviour = "error"
    site.ask("an.nguyen", "Viết thư.")
    page = shown(site, "co.lan", "classes/demo/ai")
    assert "AI thật đang nối: mo-hinh-thu" in page
    assert "3 lượt hỏi" in page and "2 AI thật trả lời" in page and "1 AI luyện tập trả lời" in page
    assert "Nguyễn Văn An 3 0 24 90" in page  # 4 + 2 tokens asked, 9 said, each time
    assert "1 học viên chưa hỏi lần nào" in page
    assert "AI thật gặp trục trặc 1 lượt" in page
    assert "còn 999.976 trên 1.000.000 token, và 1.999.910 đồng trên 2.000.000 đồng" in page
    assert SECRET not in page and "Lê Thị Khách" not in page and model.reply not in page


def test_a_class_that_never_asked_and_one_month(site: AiSite) -> None:
    assert "7 ngày qua lớp chưa hỏi AI lần nào" in shown(site, "co.lan", "classes/demo/ai")
    assert "30 ngày qua lớp chưa hỏi AI lần nào" in shown(site, "co.lan", "classes/demo/ai?days=30")
    assert "7 ngày qua lớp chưa hỏi AI lần nào" in shown(site, "co.lan", "classes/demo/ai?days=²")
    assert "/classes/demo/ai" in shown_html(site, "co.lan", "classes/demo")


def shown_html(site: AiSite, name: str, path: str) -> str:
    with site.browser(name) as browser:
        return browser.get(path).text


def test_a_gateway_that_is_away_is_said_calmly(site: AiSite) -> None:
    site.stop_gateway()
    page = shown(site, "co.lan", "classes/demo/ai")
    assert "Phần AI của hệ thống đang không trả lời" in page and "Bài của học viên không mất gì" in page


def test_with_the_practice_ai_alone_the_page_says_so(tmp_path: Path, local_hub: LocalHub) -> None:
    with ai_site(tmp_path, local_hub, None) as site:
        site.ask("hoa.ly")
        page = shown(site, "co.lan", "classes/demo/ai")
    assert "Hiện chỉ có AI luyện tập" in page and "token một ngày" not in page
    assert "Lý Thị Hoa 1 0 0" in page and "đồng" not in page


def test_pages_are_for_those_they_concern(site: AiSite) -> None:
    for name in ("an.nguyen", "thay.binh"):
        assert "dành cho người phụ trách" in shown(site, name, "classes/demo/ai", 403)
    for name in ("an.nguyen", "co.lan"):
        assert "dành cho người phụ trách" in shown(site, name, "ai", 403)


def test_an_admin_sees_everybody(site: AiSite, model: OpenAIServer) -> None:
    accounts.create_account(site.campus.engine, "quan.tri", "Quản Trị", password=None, kind="admin")
    assert "chưa ai hỏi AI" in shown(site, "quan.tri", "ai")
    site.ask("an.nguyen")
    site.ask("khach.le")
    site.ask("service-token")
    page = shown(site, "quan.tri", "ai")
    assert "3 lượt hỏi" in page and "Lớp demo 1 0" in page and "mo-hinh-thu 3 0" in page
    assert "Lê Thị Khách 1" in page and "campus 1" in page
    assert 'href="/services/campus/ai"' in shown_html(site, "quan.tri", "")
    assert 'href="/services/campus/ai"' not in shown_html(site, "co.lan", "")


def test_bars_stand_on_each_other_and_the_highest_fills_the_chart() -> None:
    first = date(2027, 3, 1)
    sums = [Sums(10, failed=2, practice=3), Sums(), Sums(5, practice=5)]
    tall, none, half = chart([(first + timedelta(days=n), one) for n, one in enumerate(sums)])
    assert [kind for kind, _, _ in tall.parts] == ["model", "practice", "failed"]
    total = sum(height for _, _, height in tall.parts)
    assert none.parts == () and half.parts[0][2] == pytest.approx(total / 2)
    for (_, y, _), (_, above, height) in zip(tall.parts, tall.parts[1:], strict=False):
        assert above + height == pytest.approx(y, abs=0.11)
    assert total < HEIGHT
    assert [bar.dated for bar in chart([(first + timedelta(days=n), Sums()) for n in range(30)])].count(True) == 5


def test_a_reason_that_is_not_known_is_told_by_its_code() -> None:
    assert reason("upstream_busy") == "AI thật đang quá tải"
    assert reason("strange") == "Lý do khác (strange)"
