import pytest

from assistant.spelling import Spelling, surface_of

TEXTS = [
    "The budget of Brackwater rose; the survey of Brackwater.",
    "A budged door. Port port sport.",
]
SPELLING = Spelling(surface_of([*TEXTS, "Budget budget form form from"]))


def test_words_are_counted_with_their_capitals():
    assert surface_of(["Dues dues Dues of May"]) == {"dues": (3, 2)}


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("buget", "budget"),
        ("buddget", "budget"),
        ("bugdet", "budget"),
        ("sprot", "sport"),
        ("brakwatter", "brackwater"),
        ("whcih", "which"),
    ],
)
def test_a_letter_left_out_put_in_or_swapped_is_mended(slip, meant):
    assert SPELLING.meant(slip) == meant


@pytest.mark.parametrize("word", ["bgt", "bujjet", "cat", "brkwttr", ""])
def test_a_short_word_or_one_too_far_off_is_left(word):
    assert SPELLING.meant(word) == ""


def test_of_two_words_as_near_the_commoner_is_meant():
    assert SPELLING.meant("budgex") == "budget"


def test_of_two_words_as_near_the_one_that_begins_alike_is_meant():
    assert SPELLING.meant("poort") == "port"


def test_a_name_is_a_slip_of_a_name_only():
    assert SPELLING.meant("survay") == "survey"
    assert SPELLING.meant("survay", name=True) == ""
    assert SPELLING.meant("brackwatter", name=True) == "brackwater"


@pytest.mark.parametrize("word", ["budge", "surrey", "sprat"])
def test_a_word_of_the_language_is_no_slip_though_no_paper_uses_it(word):
    assert SPELLING.meant(word) == ""
