"""Polarity: which way is better is told only where the measure's own words tell it."""

import pytest

from assistant.polarity import Polarity, polarity_of


@pytest.mark.parametrize(
    ("texts", "polarity"),
    [
        (["Permanent exclusions per 100 pupils"], Polarity.LESS_IS_BETTER),
        (["Delayed transfers of care"], Polarity.LESS_IS_BETTER),
        (["Plans issued within 20 weeks"], Polarity.MORE_IS_BETTER),
        (["Household waste recycled"], Polarity.MORE_IS_BETTER),
        (["Pupils on roll"], Polarity.UNKNOWN),
        (["Attainment gap at Key Stage 2"], Polarity.LESS_IS_BETTER),
    ],
)
def test_common_measures_have_their_way(texts, polarity):
    assert polarity_of(texts) is polarity


def test_the_nearest_words_that_tell_decide():
    assert polarity_of(["2017", "Absence", "Attainment"]) is Polarity.LESS_IS_BETTER


def test_words_that_speak_of_both_ways_tell_nothing():
    assert polarity_of(["Attendance and absence", "Crime"]) is Polarity.UNKNOWN
