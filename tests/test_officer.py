"""The officer's page: there only with a password, which cannot be guessed; what it does is done."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from making import build, contents, write_corpus

from assistant.errors import AssistantError
from assistant.page.desk import Desk
from assistant.page.ledger import ledger
from assistant.page.officer import add_officer
from assistant.page.safety import Safety
from assistant.page.serve import web_app
from assistant.page.signin import IDLE, LOCKED, MOST_FAILURES, SignIn
from assistant.releases import read_log

PASSWORD = "otters in the brook"


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def stranger(corpus, index):
    """A visitor of a server whose officers have a password."""
    build(corpus, index)
    app = FastAPI()
    app.add_middleware(Safety)
    add_officer(app, corpus, index, "", PASSWORD)
    with TestClient(app) as client:
        yield client


@pytest.fixture
def officer(stranger):
    assert stranger.post("/officer/in", data={"password": PASSWORD}).status_code == 200
    return stranger


def told(answer):
    """What the page says came of the last thing done."""
    return re.search(r'<p class="note" role="status">(.*?)</p>', answer.text)[1]


def test_without_a_password_there_is_no_such_page(corpus, index):
    build(corpus, index)
    app = web_app(Desk(index, "", corpus), lambda app: add_officer(app, corpus, index, "", ""))
    with TestClient(app) as client:
        for address in ("/officer", "/officer/progress", "/officer.js"):
            assert client.get(address).status_code == 404
        assert client.post("/officer/in", data={"password": ""}).status_code in (404, 405)


def test_a_stranger_sees_no_paper_and_does_nothing(stranger, corpus):
    page = stranger.get("/officer")
    assert "Sign in" in page.text and "harbour" not in page.text
    for address in ("add", "decide", "rebuild", "rollback"):
        assert stranger.post(f"/officer/{address}", data={"paper": "library.md"}).status_code == 403
    assert stranger.get("/officer/progress").status_code == 403
    assert stranger.post("/officer/in", data={"password": "guess"}).status_code == 403
    assert not read_log(corpus)


def test_an_officer_signs_in_and_out(officer):
    assert "harbour.md" in officer.get("/officer").text
    officer.post("/officer/out")
    assert "harbour.md" not in officer.get("/officer").text


def test_the_cookie_is_of_no_use_to_scripts_and_other_sites(stranger):
    answer = stranger.post("/officer/in", data={"password": PASSWORD}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    policy = stranger.get("/officer").headers["content-security-policy"]
    assert "form-action 'self'" in policy and "frame-ancestors" in policy


def test_guessing_locks_even_the_right_password_out_for_a_while():
    now = [0.0]
    signin = SignIn(PASSWORD, clock=lambda: now[0])
    for _ in range(MOST_FAILURES):
        assert signin.enter("a", "guess") == ""
    assert signin.enter("a", PASSWORD) == ""
    assert signin.enter("b", PASSWORD)
    now[0] += LOCKED + 1
    assert signin.enter("a", PASSWORD)


def test_a_session_ends_when_nobody_uses_it():
    now = [0.0]
    signin = SignIn(PASSWORD, clock=lambda: now[0])
    token = signin.enter("a", PASSWORD)
    now[0] += IDLE - 1
    assert signin.holds(token)
    now[0] += IDLE + 1
    assert not signin.holds(token) and not signin.holds("")


def test_a_short_password_is_refused_and_none_is_kept_as_it_is():
    with pytest.raises(AssistantError, match="ASSISTANT_OFFICER_PASSWORD"):
        SignIn("short")
    assert PASSWORD not in repr(vars(SignIn(PASSWORD)))


def test_papers_are_uploaded_by_their_bare_name_and_programs_are_not(officer, corpus):
    sent = [
        ("files", ("../../up.md", b"The ferry fare is 4 pounds.")),
        ("files", ("macro.docm", b"x")),
        ("files", ("run.sh", b"x")),
        ("files", (".hidden.md", b"x")),
        ("files", ("README.md", b"x")),
    ]
    before = {path.name for path in corpus.iterdir()}
    answer = officer.post("/officer/add", files=sent)
    assert {path.name for path in corpus.iterdir()} - before == {"up.md"}
    assert "up.md: added" in told(answer) and "macros" in told(answer)
    assert 'data-path="up.md"' in answer.text and "not indexed yet" in answer.text


def test_a_paper_is_withdrawn_at_once_with_who_and_why(officer, corpus, monkeypatch):
    started = []
    monkeypatch.setattr("assistant.page.rebuild.Rebuild.start", lambda self: started.append(self))
    said = {"paper": "library.md", "by": "Wren <b>Ashby</b>", "why": "an error"}
    answer = officer.post("/officer/decide", data={**said, "act": "withdraw"})
    assert "withdrawn by Wren &lt;b&gt;Ashby" in told(answer) and "<b>Ashby" not in answer.text
    assert [entry.act for entry in read_log(corpus)] == ["withdraw"]
    assert len(started) == 1
    assert "already" in told(officer.post("/officer/decide", data={**said, "act": "withdraw"}))
    assert "say who" in told(
        officer.post("/officer/decide", data={**said, "act": "release", "by": ""})
    )


def test_the_index_is_rolled_back(officer, corpus, index):
    write_corpus(corpus, ferry="The ferry fare is 4 pounds.\n")
    build(corpus, index)
    assert "is in use again" in told(officer.post("/officer/rollback"))
    assert "ferry.md" not in contents(index)[0].papers


def test_the_list_names_the_state_of_every_paper_and_why(corpus, index):
    write_corpus(corpus, bid="NOT FOR PUBLICATION\n\nThe bid was £4.\n")
    (corpus / "broken.pdf").write_bytes(b"")
    (corpus / "z.md").write_bytes((corpus / "library.md").read_bytes())
    build(corpus, index)
    (corpus / "harbour.md").unlink()
    (corpus / "new.zip").write_bytes(b"PK")
    rows = {row.path: row for row in ledger(corpus, index)}
    assert {path: row.state for path, row in rows.items()} == {
        "new.zip": "not indexed yet",
        "bid.md": "held back",
        "broken.pdf": "unreadable",
        "harbour.md": "gone",
        "z.md": "copy",
        "library.md": "indexed",
    }
    assert "NOT FOR PUBLICATION" in rows["bid.md"].reasons[0]
    assert all(row.reasons for path, row in rows.items() if path != "library.md")
