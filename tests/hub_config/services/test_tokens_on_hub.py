"""How long a token works that has been taken back, on a real hub."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from running_hub import RunningHub, Visitor, until

from hub_config.services.tokens import HubTokens, TokenError

pytestmark = pytest.mark.hub
LEARNER, LESSON = "an.nguyen", "text.first_prompt/"
KEPT_S = 3  # in place of the five minutes


def refusal(asked: HubTokens, token: str) -> str:
    """Why a service refuses a token; empty when it does not."""
    try:
        asyncio.run(asked.identify(f"Bearer {token}"))
    except TokenError as error:
        return error.code
    return ""


def page_token(visitor: Visitor, page: str = "apps") -> str:
    visitor.get(f"/services/{page}/{LESSON if page == 'apps' else ''}")  # signs in to the service
    return str(visitor.get(f"/services/{page}/session").json()["token"])


def known(hub: RunningHub, token: str) -> bool:
    with hub.api(token) as client:
        return client.get("/hub/api/user").status_code == httpx.codes.OK


def test_a_token_that_was_deleted_is_refused_when_the_hub_is_asked_again(running_hub: RunningHub) -> None:
    url = f"{running_hub.url}/hub/api"
    campus = HubTokens(
        "campus", {"JUPYTERHUB_API_URL": url, "JUPYTERHUB_API_TOKEN": "asks with the learner's own"}, KEPT_S
    )
    own = running_hub.token(LEARNER)
    with running_hub.api(own) as client:
        made = client.post(f"/hub/api/users/{LEARNER}/tokens", json={"note": "a page"}).json()
        assert refusal(campus, made["token"]) == ""
        assert client.delete(f"/hub/api/users/{LEARNER}/tokens/{made['id']}").status_code == httpx.codes.NO_CONTENT
    until(lambda: refusal(campus, made["token"]) == "unknown_token", within_s=KEPT_S + 5)


def test_signing_out_takes_back_the_tokens_of_all_pages_and_no_others(running_hub: RunningHub) -> None:
    own = running_hub.token(LEARNER)
    with running_hub.sign_in(LEARNER) as visitor, running_hub.sign_in(LEARNER) as elsewhere:
        pages = [page_token(visitor, "apps"), page_token(visitor, "campus"), page_token(elsewhere)]
        assert all(known(running_hub, token) for token in pages)
        visitor.get("/hub/logout")
        assert not any(known(running_hub, token) for token in pages)
        assert known(running_hub, own)
        assert known(running_hub, page_token(elsewhere))  # another device goes on by its own cookie
