"""Retrieval: what is found comes with what stands around it, and nothing twice."""

import pytest

from assistant.retriever import STRETCH_WORDS

ASKED = ["moorings in Brackwater", "What is the committee asked to approve?", "night library hours"]


@pytest.mark.parametrize("question", ASKED)
def test_no_passage_is_in_two_hits(assistant, question):
    keys = [one.key for hit in assistant.search(question).hits for one in hit.stretch]
    assert keys
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("question", ASKED)
def test_a_hit_holds_what_was_found_and_its_neighbours_in_reading_order(assistant, question):
    for hit in assistant.search(question).hits:
        keys = [one.key for one in hit.stretch]
        assert hit.passage.key in keys
        assert keys == list(range(keys[0], keys[0] + len(keys)))


@pytest.mark.parametrize("question", ASKED)
def test_a_hit_stays_in_its_item_and_within_its_words(assistant, question):
    for hit in assistant.search(question).hits:
        places = {(one.paper, one.item, one.item_title) for one in hit.stretch}
        assert len(places) == 1
        assert len(hit.stretch) == 1 or len(hit.text.split()) <= STRETCH_WORDS


def test_hits_come_best_first_and_no_more_than_are_asked_for(assistant):
    hits = assistant.search(ASKED[0], limit=3).hits
    scores = [hit.score for hit in hits]
    assert len(hits) <= 3
    assert scores == sorted(scores, reverse=True)
