import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import fold, sentences, words


def split(text):
    return [text[start:end] for start, end in sentences(text)]


def test_folding_makes_every_space_one_space_and_drops_the_invisible():
    assert fold("  Road\xa0 safe\u00adty\n\tplan\u200b ") == "Road safety plan"


def test_sentences_end_at_full_stops_before_capitals():
    assert split("The bid failed. Was it late? No.") == ["The bid failed.", "Was it late?", "No."]


@pytest.mark.parametrize(
    "text",
    [
        "Cllr. Ash met Mr. Oak.",
        "See para. 4.2 and No. 7 of the list.",
        "Costs rose, e.g. Ferry tolls, to £1.5m in St. Ives.",
        "It was led by J. R. Elm.",
        "4.5. The board agreed.",
        "It opened at 2 p.m. on Monday.",
        "It would raise dues by c. +£22m.",
    ],
)
def test_shortenings_initials_and_marks_do_not_end_a_sentence(text):
    assert split(text) == [text]


def test_an_afternoon_hour_ends_a_sentence_before_a_capital():
    assert split("It closed at 4 p.m. The chair left.") == [
        "It closed at 4 p.m.",
        "The chair left.",
    ]


def test_the_letter_of_an_appendix_ends_a_sentence():
    assert split("Costs are in Appendix B. Risks follow.") == [
        "Costs are in Appendix B.",
        "Risks follow.",
    ]


def test_lines_and_list_items_are_sentences_of_their_own():
    assert split("Agreed to:\n1. Note it.\n2. Print it. • Fold it • Post it; (b) file it") == [
        "Agreed to:",
        "1. Note it.",
        "2. Print it.",
        "• Fold it",
        "• Post it;",
        "(b) file it",
    ]


@given(st.text(alphabet="aB1.)( \n•;:!'£%", max_size=60))
def test_sentences_lose_nothing_but_white_space(text):
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_figures_stay_whole_words():
    found = words("£23.3m, 4.5 % and 1,640 of £640k by 10th; see 4.2.1")
    assert " ".join(found) == "£23.3m 4.5% and 1640 of £640k by 10th see 4.2.1"


@pytest.mark.parametrize("year", ["2016-17", "2016/17", "2016–2017", "2016 / 17"])
def test_a_financial_year_is_spelt_one_way(year):
    assert words(year) == ["2016-17"]


def test_hyphens_split_and_apostrophes_vanish():
    found = words("The County’s well-being; members' O'Neil isn't")
    assert " ".join(found) == "the county well being members oneil isnt"
