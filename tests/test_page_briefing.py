"""A conversation to take to the meeting, in each of its forms."""

import io
from datetime import date

import docx
import pypdfium2
import pytest
from making import make_passage, make_record
from PIL import Image
from test_series import row, series

from assistant.answers import Answer, Citation, Refusal
from assistant.evidence import Evidence
from assistant.page.briefing import Asked, Picture, as_markdown
from assistant.page.saving import chosen
from assistant.page.typeset import as_pdf
from assistant.page.word import as_word

HOSTILE = (
    '<script>alert(1)</script> [x](javascript:alert(1)) \x0b# ![y](//z) #import "x" $x$ \u202e'
)
TODAY = date(2024, 5, 1)


def answer(words="Moorings fell to 389."):
    citation = Citation(1, Evidence(make_passage(words), 0, len(words)), make_record())
    return Answer(f"{words} [1]", (citation,))


def drawn():
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "PNG")
    return Picture(out.getvalue(), "Cabinet, page 3")


def whole():
    """A turn with all that a briefing may hold."""
    return Asked("How many?", answer(), series(row("Bay", "412", "400", "389")), (drawn(),))


def words_of(pdf):
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_a_briefing_in_markdown_says_question_answer_and_source():
    text = as_markdown([Asked("How many?", answer())], date(2024, 5, 1))
    for words in (
        "## How many?",
        "Moorings fell to 389.",
        "24 October 2024",
        "page 3",
        "1 May 2024",
    ):
        assert words in text


def test_hostile_words_are_no_markup_in_markdown():
    text = as_markdown([Asked(HOSTILE, answer(HOSTILE))], date(2024, 5, 1))
    assert "<script" not in text.replace("\\<", "") and "](" not in text.replace("\\]", "")


def test_a_briefing_in_word_opens_and_holds_the_same():
    made = as_word([Asked(HOSTILE, answer(HOSTILE))], date(2024, 5, 1))
    said = "\n".join(line.text for line in docx.Document(io.BytesIO(made)).paragraphs)
    assert "alert(1)" in said and "page 3" in said and "Where it stands" in said


def test_a_refusal_goes_into_a_briefing_as_one():
    nearest = Citation(1, Evidence(make_passage("Dues rose."), 0, 10), make_record())
    text = as_markdown([Asked("Why?", Refusal("Not said.", (nearest,)))], date(2024, 5, 1))
    assert "Not said." in text and "Nearest passages" in text


def test_a_briefing_in_word_has_the_chart_its_values_and_the_page():
    made = docx.Document(io.BytesIO(as_word([whole()], TODAY)))
    told = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert "Line chart of" in told[0] and told[1] == "Cabinet, page 3"
    assert [cell.text for cell in made.tables[0].rows[1].cells] == ["2022", "412 (page 3)"]


def test_a_briefing_in_markdown_has_the_values_of_the_chart():
    assert "| 2022 | 412 (page 3) |" in as_markdown([whole()], TODAY)


def test_a_briefing_in_pdf_holds_the_same_and_is_tagged():
    made = as_pdf([whole()], TODAY)
    said = words_of(made)
    for words in ("How many?", "Moorings fell to 389.", "412 (page 3)", "24 October 2024"):
        assert words in said
    assert b"pdfuaid" in made and b"en-GB" in made


@pytest.mark.parametrize("words", [HOSTILE, "会议 עברית 🐦 ½", "x" * 20_000])
def test_hostile_words_are_words_in_pdf(words):
    assert words[:6].strip() in words_of(as_pdf([Asked(words, answer(words))], TODAY))


def test_nothing_asked_makes_a_briefing_that_opens():
    assert words_of(as_pdf([], TODAY)) and as_word([], TODAY) and as_markdown([], TODAY)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("[2]", [0, 2]),
        ("[1, 2, 3]", [0, 1, 2]),
        ("", [0, 1, 2]),
        ("x", [0, 1, 2]),
        ("[[]]", [0, 1, 2]),
    ],
)
def test_turns_are_left_out_but_never_all(sent, kept):
    assert chosen(sent, 3) == kept
