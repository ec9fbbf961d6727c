"""A supplement is tied to what it supplements, and to its agenda item."""

from datetime import date

import pytest
from making import HARBOUR, build, contents, make_passage, make_record, write_corpus

from assistant.answers import Citation
from assistant.evidence import Evidence
from assistant.ties import item_in_name, tied

TITLE = "Review of harbour dues"


def remarks(*records):
    return {record.path: record.remarks for record in tied(records)}


def test_a_later_version_of_a_report_and_the_report_name_each_other():
    first = make_record("dues.pdf", title=TITLE)
    later = make_record("Item 7 - Supplementary - dues.pdf", title=f"{TITLE} ")
    other = make_record("ferry.pdf", title="Ferry fares")
    assert remarks(first, later, other) == {
        "dues.pdf": ("is supplemented by Item 7 - Supplementary - dues.pdf",),
        "Item 7 - Supplementary - dues.pdf": ("supplements dues.pdf",),
        "ferry.pdf": (),
    }


def test_a_supplement_of_another_meeting_is_not_tied():
    first = make_record("dues.pdf", title=TITLE, meeting_date=date(2024, 5, 7))
    assert not any(remarks(first, make_record("dues updated.pdf", title=TITLE)).values())


def test_a_supplement_to_a_whole_agenda_is_tied_to_it():
    agenda = make_record("pack.pdf", title="Agenda pack", type="agenda")
    more = make_record("more.pdf", title="Agenda supplement", type="supplement")
    assert remarks(agenda, more)["more.pdf"] == ("supplements pack.pdf",)


@pytest.mark.parametrize(("path", "said"), [("dues revised.pdf", True), ("dues.pdf", False)])
def test_a_citation_says_that_its_words_are_of_a_supplement(path, said):
    evidence = Evidence(make_passage("They are £9.", paper=path), 0, 12)
    assert ("supplement" in Citation(1, evidence, make_record(path)).label) is said


@pytest.mark.parametrize(
    ("stem", "item"), [("Item 7 - Supplementary", "7"), ("Item_12a dues", "12a"), ("Items", "")]
)
def test_a_files_name_may_open_with_its_item(stem, item):
    assert item_in_name(stem) == item


def test_ties_are_kept_with_the_index_and_go_with_the_paper(corpus, tmp_path):
    name = "Item 7 - Supplementary - harbour"
    write_corpus(corpus, **{name: HARBOUR.replace("389", "377")})
    build(corpus, tmp_path / "index")
    _, records, passages, _ = contents(tmp_path / "index")
    assert records["harbour.md"].remarks == (f"is supplemented by {name}.md",)
    assert {one.item for one in passages if one.paper == f"{name}.md"} == {"7"}
    (corpus / f"{name}.md").unlink()
    build(corpus, tmp_path / "index")
    assert contents(tmp_path / "index")[1]["harbour.md"].remarks == ()
