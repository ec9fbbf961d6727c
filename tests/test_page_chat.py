"""What the chat keeps of its visitors has limits."""

import gc

import pytest
from fastapi.testclient import TestClient

from assistant.page.chat import Exchange
from assistant.page.desk import Desk
from assistant.page.serve import web_app

ASKED = "How many moorings were let in Brackwater?"


@pytest.fixture
def ask(small_index, corpus, desk_without_model, monkeypatch):
    """Asks in a visit, and gives what is shown; of three visits two turns each are kept."""
    monkeypatch.setattr("assistant.page.chat.VISITS_KEPT", 3)
    monkeypatch.setattr("assistant.page.chat.MOST_TURNS", 2)
    browser = TestClient(web_app(Desk(small_index, "", corpus)))
    functions = {
        one["api_name"]: one["id"] for one in browser.get("/config").json()["dependencies"]
    }

    def ask(visit, question=ASKED):
        sent = {"data": [question, None, None], "fn_index": functions["answer"]}
        told = browser.post("/gradio_api/run/predict", json={**sent, "session_hash": visit})
        return told.json()["data"]

    return ask


def test_of_visits_that_are_forgotten_nothing_is_kept(ask):
    before = {id(one) for one in gc.get_objects() if type(one) is Exchange}
    for visit in range(8):
        assert ask(f"visit {visit}")[0].count('class="turn"') == 1
    gc.collect()
    kept = [one for one in gc.get_objects() if type(one) is Exchange and id(one) not in before]
    assert len(kept) == 3


def test_a_conversation_ends_where_it_would_fill_the_memory_and_another_goes_on(ask):
    for count in (1, 2):
        assert ask("long")[0].count('class="turn"') == count
    _, said, _, box, *_ = ask("long")
    assert "Start a new conversation" in said and ASKED in str(box)
    assert ask("another")[0].count('class="turn"') == 1


@pytest.mark.parametrize("wordless", ["", "...", "👍"])
def test_what_holds_no_word_is_told_to_be_no_question(ask, wordless):
    assert "Type a question first" in str(ask("wordless", wordless))
