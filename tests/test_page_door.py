"""The door: who has not signed in sees nothing, and nobody guesses the password."""

import pytest
from fastapi.testclient import TestClient

from assistant.errors import AssistantError
from assistant.page.serve import Site, site_app
from assistant.page.signin import MOST_FAILURES

PASSWORD = "moorings at the quay"


@pytest.fixture
def visitor(small_index, corpus, desk_without_model):
    app, _ = site_app(Site(small_index, "", corpus, councillor_password=PASSWORD, root="/papers"))
    return TestClient(app, base_url="https://here", follow_redirects=False)


def enter(visitor, password=PASSWORD):
    return visitor.post("/sign-in", data={"password": password})


@pytest.mark.parametrize(
    "address", ["/config", "/paper?path=harbour.md", "/page.js", "/gradio_api/info", "/feedback"]
)
def test_who_has_not_signed_in_gets_nothing(visitor, address):
    assert visitor.get(address).status_code == 401


def test_the_first_page_leads_to_the_sign_in_which_stands_below_the_same_path(visitor):
    assert visitor.get("/").headers["location"] == "sign-in"
    shown = visitor.get("/sign-in")
    assert 'autocomplete="current-password"' in shown.text and '<html lang="en-GB">' in shown.text
    assert "form-action 'self'" in shown.headers["content-security-policy"]


def test_the_password_opens_the_page_for_this_browser_alone(visitor):
    cookie = enter(visitor).headers["set-cookie"]
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/papers"):
        assert part in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    known = {"cookie": f"councillor={token}"}
    assert visitor.get("/page.js", headers=known).status_code == 200
    assert visitor.get("/page.js", headers={"cookie": "councillor=guess"}).status_code == 401


def test_a_wrong_password_is_said_so_and_many_lock_out(visitor):
    answers = [enter(visitor, "guess") for _ in range(MOST_FAILURES)]
    assert answers[0].status_code == 401 and "wrong" in answers[0].text
    assert enter(visitor).status_code == 429


def test_a_flood_is_not_read(visitor):
    assert enter(visitor, "x" * 10_000).status_code == 413


@pytest.mark.parametrize("address", ["/accessibility", "/transparency"])
def test_the_statements_are_for_everybody(visitor, address):
    assert visitor.get(address).status_code == 200


def test_a_short_password_is_refused_by_its_name(small_index, corpus):
    with pytest.raises(AssistantError, match="ASSISTANT_COUNCILLOR_PASSWORD"):
        site_app(Site(small_index, "", corpus, councillor_password="short"))
