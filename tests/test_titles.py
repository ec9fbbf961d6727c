import pytest

from assistant.papers import Block, Kind
from assistant.titles import title_of

LONG = "The quay was closed for the whole of May while the stones were set again by hand."


def heading(text):
    return Block(Kind.HEADING, text, level=1)


def line(text):
    return Block(Kind.PARAGRAPH, text)


def row(*cells):
    return Block(Kind.TABLE_ROW, " | ".join(cells), cells=cells)


@pytest.mark.parametrize(
    "said",
    [
        [line("Subject: Review of dues")],
        [line("Title of report: Review of dues")],
        [heading("Title of Decision:"), heading("Review of dues")],
        [heading("EQIA Title"), line("Review of dues")],
        [line("Subject Matter / Title of Decision: Review of dues")],
    ],
)
def test_a_stated_subject_is_the_title(said):
    assert title_of([heading("Proposed record"), line("From: W. Ashby"), *said]) == "Review of dues"


def test_a_subject_in_a_table_is_the_title_and_a_column_head_is_not():
    assert title_of([heading("Report"), row("Subject of Report", "Dues")]) == "Dues"
    assert title_of([row("Title", "Price", "Day"), heading("Dues of May")]) == "Dues of May"


def test_minutes_are_called_after_their_meeting_without_its_place():
    text = "MINUTES of a meeting of the Cabinet held in the Quay Room on Friday, 3 May 2024"
    assert title_of([heading("CABINET"), line(text)]) == "MINUTES of a meeting of the Cabinet"


@pytest.mark.parametrize(
    "bare",
    [
        "Harbours Committee",
        "Thornmere Schools Forum",
        "Harbours Panel",
        "The Quay Board",
        "Fenshire County Council",
        "Thursday, 24 October 2024",
        "24 October 2024",
        "September 2018",
        "Time: 10.00 am",
        "Members (Quorum: 3)",
        "Wren Ashby (Chairman)",
        "To Cabinet – 30 January 2025",
        "From: Wren Ashby",
        "Jo Reed, Interim Corporate Director of Harbours",
        "Dear Member",
        "(Pages 1 - 4)",
        "Appendix 1",
        "Executive Summary",
        "TOTAL £m 334.7 290.0",
        "quay@fenshire.example for all questions",
        LONG,
    ],
)
def test_a_line_that_names_no_matter_is_no_title(bare):
    assert title_of([heading(bare), heading("Review of dues")]) == "Review of dues"
    assert title_of([line(bare)]) == ""


def test_a_heading_counts_before_a_paragraph():
    assert title_of([line("Price to visitors"), heading("Review of dues")]) == "Review of dues"


def test_what_stands_below_the_number_of_an_appendix_is_its_title():
    blocks = [heading("APPENDIX 1"), line("Tariff of dues"), heading("The role of the quay")]
    assert title_of(blocks) == "Tariff of dues"


def test_a_title_that_breaks_off_goes_on_in_the_next_line():
    assert title_of([heading("The harbours of Fenshire are"), heading("Safe")]).endswith("are Safe")


def test_the_committees_name_before_a_title_is_left_out():
    line_ = heading("Harbours and Quays Scrutiny Committee Review of dues")
    assert title_of([line_]) == "Review of dues"


def test_public_health_and_other_matters_that_begin_like_labels_are_titles():
    for text in (
        "Public Health annual report",
        "Decision to close the quay",
        "Members’ allowances",
    ):
        assert title_of([heading(text)]) == text


def test_a_title_does_not_go_on_into_a_list_of_names():
    names = Block(Kind.PARAGRAPH, ", ".join(f"Officer {n} of Quay Services" for n in range(12)))
    title = title_of([Block(Kind.HEADING, "Repairs to the quay and"), names])
    assert title == "Repairs to the quay and"
