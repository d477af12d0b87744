from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from campus_site import PREFIX, Site


@pytest.fixture
def started(site: Site) -> Site:
    site.prepare()
    site.start()
    return site


def test_who_is_not_signed_in_goes_to_the_hub_and_comes_back_to_the_page(started: Site) -> None:
    with httpx.Client(base_url=started.url) as client:
        to_hub = client.get("map?from=mail")
        target = urlsplit(to_hub.headers["location"])
        query = parse_qs(target.query)
        assert (target.path, query["client_id"]) == ("/hub/api/oauth2/authorize", ["service-campus"])
        back = client.get("oauth_callback", params={"code": "an.nguyen", "state": query["state"][0]})
        assert back.headers["location"] == f"{PREFIX}map?from=mail"
        cookie = next(c for c in back.headers.get_list("set-cookie") if c.startswith("service-campus="))
        assert {"HttpOnly", f"Path={PREFIX}", "SameSite=lax"} <= set(cookie.split("; "))
        assert "Chào An" in client.get("").text


def test_a_forged_way_back_signs_nobody_in(started: Site) -> None:
    with httpx.Client(base_url=started.url) as client:
        client.get("")
        reply = client.get("oauth_callback", params={"code": "an.nguyen", "state": "forged"})
        assert reply.headers["location"] == PREFIX
        assert client.get("").status_code == 302


def test_a_page_gets_a_token_by_its_cookie_and_a_program_by_its_token(started: Site) -> None:
    expected = {
        "token": "an.nguyen:issued",
        "expires_at": "2027-03-12T09:00:00Z",
        "campus": "/services/campus",
        "ai": "/services/ai/v1",
        "apps": "/services/apps",
    }
    with started.browser("an.nguyen") as browser:
        reply = browser.get("session")
        assert reply.json() == expected
        assert reply.headers["cache-control"] == "no-store"
    with started.program("an.nguyen") as client:
        assert client.post("session").json() == expected
    asked = [body for what, body in started.hub.asked if what == "token"]
    assert len(asked) == 2
    assert "'expires_in': 3600" in asked[0]
    assert "access:services!service=ai" in asked[0]


def test_without_a_cookie_there_is_no_token_and_no_redirect(started: Site) -> None:
    reply = httpx.get(f"{started.url}session")
    assert (reply.status_code, reply.json()["error"]["code"]) == (401, "not_signed_in")


def test_a_cookie_does_not_open_the_calls_of_programs(started: Site) -> None:
    with started.browser("an.nguyen") as browser:
        assert browser.get("api/exchange/courses").status_code == 401


def test_a_hub_that_is_away_is_a_calm_503(site: Site) -> None:
    site.prepare()
    port, site.hub.port = site.hub.port, 1
    site.start()
    site.hub.port = port
    page = httpx.get(site.url, cookies={"service-campus": "an.nguyen:page"})
    assert (page.status_code, "bài đã lưu vẫn còn nguyên" in page.text) == (503, True)
    with site.program("an.nguyen") as client:
        assert client.get("exchange/courses").json()["error"]["code"] == "hub_down"


def test_a_person_the_service_is_not_for_gets_a_calm_403(started: Site) -> None:
    page = httpx.get(started.url, cookies={"service-campus": "stranger:page"})
    assert (page.status_code, "Về Hôm nay" in page.text) == (403, True)
