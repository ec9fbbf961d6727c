from decimal import Decimal

import pytest

from evals.wording import fold, length, numbers, shows, without, without_marks, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("£ 47 m", "£47m"),
        ("£47 million", "£47m"),
        ("59 per cent", "59%"),
        ("<p><b>Bus</b> fares</p>", "**Bus** fares"),
        ("- Bus fares", "Bus fares"),
        ("Buses | 12\t14", "buses 12 14"),
        ("the “new” lane – now", 'the "new" lane - now'),
        ("2016/17", "2016-17"),
        ("fell by minus 3.4", "fell by - 3.4"),
        ("Depot<sup>2</sup> costs", "depot costs"),
        ("1,455.60", "1455.60"),
        ("£64.00", "£64"),
    ],
)
def test_texts_that_say_the_same_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "alternative"),
    [
        ("It rose to 59 % in May.", "59%"),
        ("It rose to 59 per cent.", "59%"),
        ("Costs £1.2 million.", "£1.2m"),
        ("The lane Improved traffic.", "improv"),
        ("1250 places", "1,250"),
        ("the score was - 0.6", "-0.6"),
        ("paid £35,657.85", "35,657"),
        ("no bus ran", "no"),
        ("They may opt-out.", "opt out"),
    ],
)
def test_shows_an_alternative_in_other_spelling(text, alternative):
    assert shows(text, alternative)


@pytest.mark.parametrize(
    ("text", "alternative"),
    [
        ("25 lanes", "5"),
        ("5.2 lanes", "5"),
        ("3.5 lanes", "5"),
        ("1,005 lanes", "5"),
        ("in 2016-17 there were nine", "17"),
        ("from 2018-25%", "-25%"),
        ("a November meeting was noted", "no"),
        ("it was disproved", "prove"),
        ("£590", "£59"),
    ],
)
def test_does_not_show_part_of_a_number_or_the_end_of_a_word(text, alternative):
    assert not shows(text, alternative)


def test_words_are_the_same_for_a_row_of_cells_however_they_are_parted():
    assert words("Bus\t1,335\t<b>59%</b>") == words("Bus | 1335 | 59 %") == ("bus", "1335", "59")


def test_numbers_are_equal_whatever_their_unit_and_commas():
    assert numbers("£1,455.60 or 23.3m") == (Decimal("1455.6"), Decimal("23.3"))


def test_citation_marks_and_item_numbers_are_not_words_of_the_answer():
    assert without_marks("1. Lanes [1]\n2) Fares [2, 3]").split() == ["Lanes", "Fares"]
    assert length("1. Lanes [1] | 12\n- Fares") == 3


def test_taking_out_a_phrase_leaves_longer_numbers_whole():
    assert without("28 points and 8 points", ["8 points", ""]).split() == ["28", "points", "and"]
