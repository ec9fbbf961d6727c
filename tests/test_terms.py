import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.terms import SMALL_WORDS, stem, terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("moorings", "mooring"),
        ("The County’s schools", "a county school"),
        ("well-being", "well being"),
        ("2016/17", "2016–2017"),
        ("£1,640", "£1640"),
        ("DREDGING", "dredged"),
    ],
)
def test_two_spellings_of_one_thing_are_one_term(one, other):
    assert terms(one) == terms(other) != []


def test_words_that_only_ask_are_no_terms():
    assert terms("What did the council say about it, and how many were there?") == terms("council")


@pytest.mark.parametrize("word", ["not", "no"])
def test_words_that_turn_a_decision_round_stay(word):
    assert terms(f"it was {word} agreed") == [word, *terms("agreed")]


@pytest.mark.parametrize("figure", ["4.5%", "£23.3m", "10th", "2016-17", "4.2.1"])
def test_figures_are_never_stemmed(figure):
    assert terms(figure) == [figure] == [stem(figure)]


@given(st.text("abeEST .,-/’'%£15", max_size=60))
def test_capitals_make_no_difference(text):
    assert terms(text.upper()) == terms(text.lower())


@given(st.lists(st.sampled_from(sorted(SMALL_WORDS)), max_size=9))
def test_small_words_alone_give_no_terms(small):
    assert terms(" ".join(small)) == []
