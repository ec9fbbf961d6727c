import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_passage

from assistant.evidence import Evidence
from assistant.figures import figures_in, values_in
from assistant.papers import Kind


def figures(text, **beside):
    return figures_in(Evidence(make_passage(text, **beside), 0, len(text)), ((0, len(text)),))


def row(*cells, heads=(), caption=""):
    text = " | ".join(cell for cell in cells if cell)
    return figures(text, kind=Kind.TABLE_ROW, cells=cells, heads=heads, caption=caption)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("rose to £1,640 there", 1640, "£"),
        ("of £23.3m in all", 23_300_000, "£"),
        ("of £2 million in all", 2_000_000, "£"),
        ("some £640k was spent", 640_000, "£"),
        ("of £1.2bn in all", 1_200_000_000, "£"),
        ("was 59% then", 59, "%"),
        ("was 59 per cent then", 59, "%"),
        ("by 8 percentage points then", 8, "percentage points"),
        ("lent 8,214 books", 8214, ""),
        ("fell by -3.5% then", -3.5, "%"),
        ("was -£12 then", -12, "£"),
    ],
)
def test_a_value_is_read_with_its_unit_and_scale(text, value, unit):
    (figure,) = figures(text)
    assert (figure.value, figure.unit) == (pytest.approx(value), unit)
    assert figure.text in text


@pytest.mark.parametrize(
    "text",
    [
        "on page 12 of it",
        "in item 7 there",
        "paragraph 4.3 says",
        "in 2018 it was",
        "since 2016-17 it was",
        "on 24 October it was",
        "on 24/10/2024 it was",
        "at 10 am sharp",
        "the 3rd quay",
        "pupils in Year 6 read",
        "Key Stage 2 results",
        "Appendix 3 shows",
    ],
)
def test_dates_years_times_and_numbered_things_are_no_figures(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "04 Moorings let to visitors",
        "Sailors of 16-18 year olds",
        "Sailors aged 5",
        "Dues of visitors | Page No: 6",
    ],
)
def test_numbers_of_items_ages_and_pages_are_no_values(text):
    assert values_in(text) == []


def test_a_number_that_comes_after_a_date_is_a_figure():
    assert values_in("At the end of June 2023 some 412 yachts were moored.") == ["412"]


def test_a_dash_between_words_is_not_a_minus():
    (figure,) = figures("the target – 90% of calls")
    assert (figure.value, figure.text) == (90, "90%")


def test_a_figure_takes_the_period_nearest_to_it_in_its_sentence():
    found = figures("The share was 54% in 2018-19 and 61% in 2019-20")
    assert [(figure.text, figure.period) for figure in found] == [
        ("54%", "2018-19"),
        ("61%", "2019-20"),
    ]


def test_a_figure_in_a_row_is_of_its_row_and_its_column():
    heads = ("Port", "Moorings 2017-18", "Moorings 2018-19")
    found = row("Bay", "412", "389", heads=heads)
    assert [(f.text, f.subject, f.period) for f in found] == [
        ("412", "Bay - Moorings 2017-18", "2017-18"),
        ("389", "Bay - Moorings 2018-19", "2018-19"),
    ]


def test_a_blank_cell_does_not_move_a_figure_to_another_column():
    (figure,) = row("Bay", "", "389", heads=("Port", "2017", "2018"))
    assert (figure.subject, figure.period) == ("Bay - 2018", "2018")


def test_a_row_without_a_period_takes_that_of_the_tables_title():
    (figure,) = row("Bay", "389", heads=("Port", "Moorings"), caption="Moorings in 2018")
    assert figure.period == "2018"


def test_only_figures_in_the_shown_words_count():
    text = "Dues rose by 4%. Fares fell by 7%."
    evidence = Evidence(make_passage(text), 0, len(text))
    assert [figure.text for figure in figures_in(evidence, ((17, len(text)),))] == ["7%"]


@given(st.text("0123456789.,£%-– |mk()x\n", min_size=1, max_size=60))
def test_a_figure_is_always_the_passages_own_words(text):
    for figure in figures(text):
        assert figure.text == text[figure.start : figure.end]
        assert any(letter.isdigit() for letter in figure.text)


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("The share rose from 84% in 2015 to 90% at the end of 2016.", ["2015", "2016"]),
        ("Previous (2014-15) 56.8%; latest (2015-16) 67.5%.", ["2014-15", "2015-16"]),
        ("In 2016, 45% of berths were let, in 2017 50% were.", ["2016", "2017"]),
        (
            "It went from 83% in August 2016 to 92% in December 2016.",
            ["August 2016", "December 2016"],
        ),
    ],
)
def test_a_figure_is_of_the_period_that_it_is_joined_to(words, periods):
    evidence = Evidence(make_passage(words), 0, len(words))
    assert [one.period for one in figures_in(evidence, ((0, len(words)),))] == periods


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,910 litter inspections were made", ["1,910"]),
        ("58 require major refurbishment", ["58"]),
        ("There are 2000+ berths", ["2000"]),
        ("3. Apologies for absence", []),
        ("3 Apologies for absence", []),
        ("3.2 The budget", []),
        ("6 | Share of boats that are laid up", []),
    ],
)
def test_a_number_that_opens_the_words_is_a_value_unless_it_numbers_an_item(text, values):
    assert values_in(text) == values
