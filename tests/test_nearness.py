"""Nearness: a follow-up looks first where the turns before were answered."""

import numpy as np
import pytest

from assistant.conversation import Turn, make_whole
from assistant.nearness import drawn

BEFORE = [Turn("How many moorings were let in Brackwater?", "Moorings let fell from 412 to 389.")]


@pytest.fixture
def passages(assistant):
    return list(assistant.index.store.every())


def test_what_stands_where_the_turn_before_was_answered_is_raised(assistant, passages):
    scores = np.linspace(0, 1, len(passages), dtype=np.float32)
    gains = drawn(scores, passages, make_whole("and before?", BEFORE), assistant.index) - scores
    near = [gain for gain, one in zip(gains, passages, strict=True) if "389" in one.text]
    other = {one.paper for one in passages} - {one.paper for one in passages if "389" in one.text}
    far = [gain for gain, one in zip(gains, passages, strict=True) if one.paper in other]
    assert min(near) > 0
    assert far and max(far) < 1e-6


def test_a_first_question_is_drawn_nowhere(assistant, passages):
    scores = np.ones(len(passages), dtype=np.float32)
    whole = make_whole("How many moorings were let?", [])
    assert np.array_equal(drawn(scores, passages, whole, assistant.index), scores)
