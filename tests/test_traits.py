import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_passage

from assistant.traits import Asked, dump_traits, load_traits, traits_of


def test_own_words_are_kept_apart_from_what_rides_beside_them():
    traits = traits_of(make_passage("Dues rose in 2018.", trail=("Tariff of 2017",)))
    assert "tariff" in traits.beside and "tariff" not in traits.terms
    assert (traits.years, traits.years_beside) == ({"2018"}, {"2017"})


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Attendance was 94%.", Asked.PERCENTAGE),
        ("Attendance was 94 per cent.", Asked.PERCENTAGE),
        ("It cost £4.", Asked.MONEY),
        ("It cost 4 million.", Asked.MONEY),
        ("There were twelve.", Asked.COUNT),
        ("It closed in spring.", Asked.DATE),
        ("Cllr Reed spoke.", Asked.PERSON),
        ("RESOLVED that dues rise.", Asked.DECISION),
        ("It was recommended to Cabinet.", Asked.RECOMMENDATION),
        ("This was due to fog.", Asked.REASON),
        ("The risk is MEDIUM.", Asked.RISK),
        ("Dues have fallen.", Asked.TREND),
    ],
)
def test_a_passage_can_answer_what_its_words_hold(text, asked):
    assert asked in traits_of(make_passage(text)).answers


@pytest.mark.parametrize("asked", [Asked.PERCENTAGE, Asked.MONEY, Asked.DATE, Asked.DECISION])
def test_plain_words_answer_no_question_for_a_figure_a_date_or_a_decision(asked):
    assert asked not in traits_of(make_passage("The quay is long.")).answers


@given(st.text(min_size=1, max_size=120), st.lists(st.text(max_size=20), max_size=3))
def test_traits_come_back_from_the_store_as_they_went_in(text, trail):
    traits = traits_of(make_passage(text, trail=tuple(trail)))
    assert load_traits(dump_traits(traits)) == traits
