import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_passage

from assistant.evidence import Evidence, missing_numbers, numbers_in
from assistant.passages import Place

TEXTS = st.text(min_size=1, max_size=80)
DIGITS = st.text("0123456789", min_size=1, max_size=9)


@given(TEXTS, st.integers(-5, 90), st.integers(-5, 90))
def test_evidence_is_a_slice_of_its_passage_or_cannot_be_built(text, start, end):
    passage = make_passage(text)
    if 0 <= start < end <= len(text):
        assert Evidence(passage, start, end).text == text[start:end] in passage.text
    else:
        with pytest.raises(ValueError, match="no words"):
            Evidence(passage, start, end)


def test_evidence_stands_on_the_page_on_which_its_words_begin():
    places = (Place(0, 4, "2", None), Place(13, 5, "3", None))
    passage = make_passage("The quay was closed in May.", places=places)
    assert [Evidence(passage, at, 26).page for at in (0, 12, 13, 20)] == [4, 4, 5, 5]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,455", "1455"),
        ("1,455.60", "1455.6"),
        ("£23.0m", "23"),
        ("03", "3"),
        ("0.5%", "0.5"),
        ("0.50%", "0.5"),
        ("4.2.1", "4.2.1"),
        ("100", "100"),
        ("0", "0"),
        ("000", "0"),
        ("12,34", "12 34"),
    ],
)
def test_a_number_is_spelt_one_way(text, number):
    assert numbers_in(text) == number.split()


def test_numbers_come_in_order_from_among_words():
    assert numbers_in("In Q2 of 2018-19, 8,214 books (3%) went.") == [
        "2",
        "2018",
        "19",
        "8214",
        "3",
    ]


@given(st.integers(0, 10**12))
def test_commas_make_no_difference_to_a_number(number):
    assert numbers_in(f"{number:,}") == numbers_in(str(number)) == [str(number)]


@given(st.integers(0, 10**6), st.integers(0, 999))
def test_noughts_at_the_end_of_a_decimal_make_no_difference(whole, part):
    assert numbers_in(f"{whole}.{part:03}00") == numbers_in(f"{whole}.{part:03}")


@given(DIGITS, DIGITS)
def test_two_spellings_are_one_number_only_where_their_values_are(one, other):
    assert (numbers_in(one) == numbers_in(other)) == (int(one) == int(other))


@given(TEXTS)
def test_a_text_misses_none_of_its_own_numbers(text):
    assert missing_numbers(text, [Evidence(make_passage(text), 0, len(text))]) == []


@given(st.lists(st.integers(0, 99)), st.lists(st.integers(0, 99), min_size=1))
def test_every_number_that_the_evidence_lacks_is_missing(said, held):
    words = " and ".join(map(str, held))
    evidence = [Evidence(make_passage(words), 0, len(words))]
    missing = missing_numbers(" or ".join(map(str, said)), evidence)
    assert missing == [str(number) for number in said if number not in held]


def test_a_number_beside_the_quoted_words_of_a_passage_is_missing():
    evidence = Evidence(make_passage("Dues rose by 4%. Fares fell by 7%."), 0, 16)
    assert missing_numbers("4% and 7%", [evidence]) == ["7"]


def test_a_number_may_stand_in_the_heading_above_the_evidence():
    passage = make_passage("Bay | £5", heads=("Port", "Dues in 2018"), cells=("Bay", "£5"))
    assert missing_numbers("Dues in 2018: £5", [Evidence(passage, 0, 8)]) == []
