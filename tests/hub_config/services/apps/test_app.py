from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from campus_double import SignedIn, Tokens
from starlette.testclient import TestClient

from hub_config.services.apps.app import create_app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    published = tmp_path / "apps"
    (published / "text.kinds" / "material").mkdir(parents=True)
    (published / "assets").mkdir()
    for name, content in (
        ("text.kinds/index.html", b"<!doctype html><p>page</p>"),
        ("assets/kit.0123.js", b"export const kit = 1;"),
    ):
        (published / name).write_bytes(content)
        (published / f"{name}.gz").write_bytes(gzip.compress(content))
    (published / "text.kinds" / "material" / "tea.png").write_bytes(b"png")
    (published / "text.kinds" / "material" / "call.mp3").write_bytes(b"0123456789")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "text.kinds").mkdir()
    (tmp_path / "text.kinds" / "lesson.ipynb").write_text("{}")
    return published


@pytest.fixture
def pages() -> SignedIn:
    return SignedIn()


@pytest.fixture
def client(folder: Path, pages: SignedIn) -> TestClient:
    return TestClient(create_app(folder, pages, Tokens()), follow_redirects=False)


def test_a_page_comes_zipped_under_a_policy_that_allows_only_own_files(client: TestClient) -> None:
    reply = client.get("/text.kinds/")
    assert reply.text == "<!doctype html><p>page</p>"
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'; style-src 'self'" in reply.headers["content-security-policy"]
    again = client.get("/text.kinds/", headers={"If-None-Match": reply.headers["etag"]})
    assert again.status_code == 304


def test_a_browser_without_gzip_gets_the_plain_file(client: TestClient) -> None:
    reply = client.get("/text.kinds/", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in reply.headers
    assert reply.text == "<!doctype html><p>page</p>"


def test_nobody_sees_pages_pictures_or_tokens_without_signing_in(client: TestClient, pages: SignedIn) -> None:
    pages.here = False
    assert client.get("/text.kinds/").headers["location"] == "/hub/login"
    assert client.get("/text.kinds/material/tea.png").status_code == 401
    refused = client.get("/session")
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "not_signed_in"


def test_assets_are_kept_by_the_browser_for_good(client: TestClient) -> None:
    reply = client.get("/assets/kit.0123.js")
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "javascript" in reply.headers["content-type"]


def test_the_session_is_a_token_of_the_person_and_is_not_stored(client: TestClient) -> None:
    reply = client.get("/session")
    assert reply.json()["token"] == "an-1"
    assert reply.json()["user"] == "an"
    assert reply.json()["ai"] == "/services/ai/v1"
    assert reply.headers["cache-control"] == "no-store"


def test_a_published_picture_is_served(client: TestClient) -> None:
    reply = client.get("/text.kinds/material/tea.png")
    assert (reply.content, reply.headers["content-type"]) == (b"png", "image/png")


def test_a_published_sound_is_served_in_the_parts_that_safari_asks_for(client: TestClient) -> None:
    reply = client.get("/text.kinds/material/call.mp3", headers={"Range": "bytes=2-4"})
    assert (reply.status_code, reply.content) == (206, b"234")
    assert reply.headers["content-range"] == "bytes 2-4/10"
    assert reply.headers["content-type"] == "audio/mpeg"
    assert "media-src 'self'" in reply.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/text.none/",
        "/text.kinds/material/none.png",
        "/text.kinds/material/..%2f..%2f..%2fsecret.txt",
        "/text.kinds/material/%2e%2e/%2e%2e/%2e%2e/text.kinds/lesson.ipynb",
        "/assets/..%2f..%2fsecret.txt",
        "/%2e%2e/",
        "/assets/kit.0123.js.gz",
        "/text.none",
        "/text.kinds/lesson.ipynb",
    ],
)
def test_what_is_not_published_is_a_calm_404(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert "secret" not in reply.text
    assert "Về trang Hôm nay" in reply.text


def test_a_page_without_its_slash_leads_to_the_page(client: TestClient) -> None:
    assert client.get("/text.kinds").headers["location"] == "/text.kinds/"
    assert client.get("/").headers["location"] == "/services/campus/"
