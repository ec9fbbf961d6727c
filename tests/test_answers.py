"""An answer cannot be built without evidence, nor with a number that its evidence lacks."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_passage, make_record

from assistant.answers import (
    Answer,
    Citation,
    Part,
    Refusal,
    WorkedOut,
    plain,
    reply_row,
    write_text,
)
from assistant.errors import EvidenceMissing
from assistant.evidence import Evidence, numbers_in
from assistant.figures import figures_in
from assistant.papers import Kind
from assistant.passages import Place

SENTENCES = st.lists(
    st.sampled_from(
        ["Dues rose by {}%.", "The quay cost £{:,}.", "In {} it closed.", "It is open."]
    ),
    min_size=1,
    max_size=5,
)
NUMBERS = st.lists(st.integers(0, 10**6), min_size=5, max_size=5)


def cite(text, number=1, **beside):
    passage = make_passage(text, **beside)
    return Citation(number, Evidence(passage, 0, len(text)), make_record())


def test_an_answer_without_a_citation_cannot_be_built():
    with pytest.raises(EvidenceMissing):
        Answer("Dues rose.", ())


@pytest.mark.parametrize("text", ["Dues rose by 5%. [1]", "Dues rose by 4%, or £1,640. [1]", "14"])
def test_an_answer_with_a_number_that_its_evidence_lacks_cannot_be_built(text):
    with pytest.raises(EvidenceMissing, match="stands in no cited words"):
        Answer(text, (cite("Dues rose by 4%."),))


@given(SENTENCES, NUMBERS, st.integers(0, 10**6))
def test_every_number_of_an_answer_stands_in_its_cited_words(sentences, numbers, other):
    words = " ".join(s.format(n) for s, n in zip(sentences, numbers, strict=False))
    answer = Answer(f"{words} [1]", (cite(words),))
    assert set(numbers_in(plain(answer))) <= set(numbers_in(words))
    if str(other) not in numbers_in(words):
        with pytest.raises(EvidenceMissing):
            Answer(f"{words} {other} [1]", (cite(words),))


@given(SENTENCES, NUMBERS, st.integers(0, 200), st.integers(1, 200))
def test_a_number_of_the_passage_outside_the_quoted_words_is_no_evidence(
    sentences, numbers, start, width
):
    words = " ".join(s.format(n) for s, n in zip(sentences, numbers, strict=False))
    start = min(start, len(words) - 1)
    end = min(start + width, len(words))
    citation = Citation(1, Evidence(make_passage(words), start, end), make_record())
    held = numbers_in(words[start:end])
    for number in set(numbers_in(words)) - set(held):
        with pytest.raises(EvidenceMissing):
            Answer(f"{words[start:end]} {number}", (citation,))


def test_the_number_of_a_citation_mark_is_none_of_the_papers():
    assert Answer("Dues rose. [3]", (cite("Dues rose.", 3),)).text == "Dues rose. [3]"


def test_what_was_worked_out_may_be_said_and_nothing_else_new():
    worked = (WorkedOut("3 percentage points", (1,)),)
    citation = cite("Dues rose from 4% to 7%.")
    assert Answer("From 4% to 7%: 3 percentage points more", (citation,), worked_out=worked)
    with pytest.raises(EvidenceMissing):
        Answer("3 percentage points, or 5", (citation,), worked_out=worked)


def test_each_part_of_an_answer_has_its_mark():
    text = write_text([Part("Dues rose.", 1), Part("Fares fell.", 2)])
    answer = Answer(text, (cite("Dues rose."), cite("Fares fell.", 2)))
    assert plain(answer) == "Dues rose.\nFares fell."
    assert re.findall(r"\[\d\]", text) == ["[1]", "[2]"]


def test_a_mark_of_no_citation_is_a_number_like_any_other():
    with pytest.raises(EvidenceMissing):
        Answer("Dues rose. [45]", (cite("Dues rose."),))


def test_what_was_worked_out_excuses_no_longer_number_that_ends_in_it():
    worked = (WorkedOut("8 percentage points", (1,)),)
    with pytest.raises(EvidenceMissing):
        Answer("18 percentage points", (cite("From 4% to 7%."),), worked_out=worked)


def test_a_citation_is_said_as_a_councillor_would_say_it():
    citation = cite(
        "Dues rose.",
        committee="Cabinet",
        meeting_date=date(2025, 1, 30),
        title="Dues",
        item="7",
        paragraph="4.3",
        places=(Place(0, 12, "11", None),),
    )
    assert citation.label == (
        "Cabinet, 30 January 2025, item 7, paragraph 4.3, page 11 (PDF page 12)"
    )


def test_an_appendix_is_cited_by_its_title_beside_its_item():
    label = cite("Dues rose.", type="appendix", title="Appendix B", item="7", page=2).label
    assert label.endswith("item 7, Appendix B, page 2")


def test_words_without_a_page_or_a_number_are_cited_by_their_heading():
    assert cite("Dues rose.", page=None, trail=("Costs",)).label.endswith("under “Costs”")


def test_a_minute_is_cited_as_a_minute_and_a_paper_without_pages_without_one():
    label = cite("Dues rose.", kind=Kind.MINUTE, paragraph="12.", page=None).label
    assert label.endswith("minute 12")


ANSWERED = {"answer", "refused", "citations", "figures", "worked_out", "readings", "understood"}
CITED = {
    "number": int,
    "paper": str,
    "title": str,
    "council": str,
    "committee": str,
    "meeting_date": str,
    "item": str,
    "heading": str,
    "paragraph": str,
    "page": int,
    "printed_page": str,
    "ocr": type(None),
    "source": type(None),
    "quote": str,
}
FIGURE = {"text": str, "value": int, "unit": str, "subject": str, "period": str, "citation": int}


@pytest.fixture
def row():
    citation = cite(
        "Dues rose by 4%.", printed="2", item="7", paragraph="1.1", trail=("Dues", "2018")
    )
    figures = figures_in(citation.evidence, ((0, 16),))
    worked = (WorkedOut("up", (1,)),)
    return reply_row(Answer("Dues rose by 4%. [1]", (citation,), tuple(figures), worked))


def types(value):
    return {name: type(field) for name, field in value.items()}


def test_an_answers_row_has_the_fields_and_types_of_the_contract(row):
    assert row.keys() == ANSWERED
    assert row["refused"] is False
    assert types(row["citations"][0]) == CITED
    assert types(row["figures"][0]) == FIGURE
    assert row["worked_out"] == [{"text": "up", "from": [1]}]
    assert json.loads(json.dumps(row)) == row


def test_a_citation_row_holds_the_place_and_the_papers_own_words(row):
    (cited,) = row["citations"]
    assert (cited["page"], cited["printed_page"], cited["item"]) == (3, "2", "7")
    assert cited["meeting_date"] == "2024-10-24"
    assert (cited["heading"], cited["quote"]) == ("Dues > 2018", "Dues rose by 4%.")


def test_a_figure_row_names_the_citation_that_bears_it(row):
    (figure,) = row["figures"]
    assert (figure["text"], figure["value"], figure["unit"]) == ("4%", 4, "%")
    assert figure["citation"] == row["citations"][0]["number"]


def test_a_whole_value_is_an_integer_and_a_part_is_not():
    citation = cite("Dues rose by 4.5%.")
    figures = tuple(figures_in(citation.evidence, ((0, 18),)))
    found = reply_row(Answer("Dues rose by 4.5%.", (citation,), figures))["figures"]
    assert found[0]["value"] == 4.5


def test_what_a_paper_does_not_have_is_null():
    citation = Citation(1, cite("Dues.", page=None).evidence, make_record(meeting_date=None))
    (cited,) = reply_row(Answer("Dues.", (citation,)))["citations"]
    assert cited["page"] is cited["printed_page"] is cited["meeting_date"] is None


def test_a_refusals_row_cites_nothing():
    row = reply_row(Refusal("The papers do not answer that.", (cite("Dues."),)))
    assert row.keys() >= ANSWERED
    assert row["refused"] is True
    assert row["citations"] == row["figures"] == row["worked_out"] == []
