import os
from datetime import date
from pathlib import Path

import pytest
from making import HARBOUR, build, make_record

from assistant.corpus import File, list_files, read_paper, with_meeting
from assistant.errors import AssistantError, CorpusEmpty, PaperUnreadable
from assistant.overrides import load_overrides
from assistant.records import Record


def read(corpus, name, overrides=None):
    return read_paper(corpus, File(name, "d"), overrides or {})


def test_papers_of_every_kind_are_listed_by_path_below_the_folder(tmp_path):
    for name in ("b/two.PDF", "a.docx", "b/c/three.html", "four.txt", "five.md", "six.htm"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    assert [file.path for file in list_files(tmp_path)] == [
        "a.docx",
        "b/c/three.html",
        "b/two.PDF",
        "five.md",
        "four.txt",
        "six.htm",
    ]


@pytest.mark.parametrize(
    "name", ["README.md", "papers.yaml", ".hidden.md", ".trash/old.md", "x.png"]
)
def test_notes_hidden_files_and_other_kinds_are_no_papers(corpus, name):
    path = corpus / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("words")
    assert [file.path for file in list_files(corpus)] == ["harbour.md", "library.md"]


def test_a_readme_in_a_sub_folder_is_a_paper_like_any_other(corpus):
    (corpus / "site").mkdir()
    (corpus / "site" / "readme.md").write_text("words")
    assert "site/readme.md" in [file.path for file in list_files(corpus)]


def test_a_file_is_known_by_its_bytes_and_not_by_its_name(corpus):
    before = {file.path: file.digest for file in list_files(corpus)}
    (corpus / "harbour.md").rename(corpus / "dues.md")
    after = {file.path: file.digest for file in list_files(corpus)}
    assert after["dues.md"] == before["harbour.md"]
    assert after["library.md"] != after["dues.md"]


@pytest.mark.parametrize("make", [lambda folder: None, lambda folder: folder.mkdir()])
def test_a_folder_without_papers_is_an_error_that_says_what_to_type(tmp_path, make):
    folder = tmp_path / "none"
    make(folder)
    with pytest.raises(CorpusEmpty, match=r"none: .*assistant index") as caught:
        list_files(folder)
    assert "\n" not in str(caught.value)


def test_a_paper_says_itself_what_it_is(corpus):
    record = read(corpus, "harbour.md").record
    assert (record.title, record.type) == ("Review of harbour dues", "report")
    assert (record.council, record.committee) == ("Fenshire County Council", "Harbours Committee")
    assert record.meeting_date == date(2024, 10, 24)


def test_the_officers_word_goes_before_the_papers_own(corpus):
    (corpus / "papers.yaml").write_text(
        "harbour.md: {title: Dues, type: appendix, committee: Cabinet, date: 2024-11-01}\n"
    )
    record = read(corpus, "harbour.md", load_overrides(corpus)).record
    assert (record.title, record.type, record.committee) == ("Dues", "appendix", "Cabinet")
    assert record.meeting_date == date(2024, 11, 1)
    assert record.council == "Fenshire County Council"


@pytest.mark.parametrize("content", [None, "", "# nothing yet\n"])
def test_no_overrides_are_none(corpus, content):
    if content is not None:
        (corpus / "papers.yaml").write_text(content)
    assert load_overrides(corpus) == {}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("harbour.md: {title: [", "not YAML"),
        ("- harbour.md\n", "path"),
        ("harbour.md: Cabinet\n", "harbour.md"),
        ("harbour.md: {comittee: Cabinet}\n", "comittee"),
        ("harbour.md: {date: 1/11/2024}\n", r"harbour\.md: date .*YYYY-MM-DD"),
        ("harbour.md: {date: 2024-13-45}\n", r"harbour\.md: date .*YYYY-MM-DD"),
        ("harbour.md: {date: 2024}\n", r"harbour\.md: date .*YYYY-MM-DD"),
        ("harbour.md: {title: [a, b]}\n", r"harbour\.md: title"),
        ("harbour.md: {title: caf\xe9}\n", "not YAML"),
        ("[" * 9_999, "not YAML"),
    ],
    ids=lambda text: text[:30],
)
def test_a_wrong_override_is_named_with_its_file_paper_and_field(corpus, content, named):
    (corpus / "papers.yaml").write_bytes(content.encode("latin-1"))
    with pytest.raises(AssistantError, match=named) as caught:
        load_overrides(corpus)
    assert "papers.yaml" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("day", ["2024-11-01", '"2024-11-01"', "2024-11-01 10:00:00"])
def test_a_date_may_stand_in_quotes_or_with_a_time(corpus, day):
    (corpus / "papers.yaml").write_text(f"harbour.md: {{date: {day}}}\n")
    assert load_overrides(corpus) == {"harbour.md": Record(type="", meeting_date=date(2024, 11, 1))}


def test_an_empty_field_says_nothing(corpus):
    (corpus / "papers.yaml").write_text("harbour.md: {title: null, date: , committee: ~}\n")
    assert load_overrides(corpus) == {"harbour.md": Record(type="")}


def test_a_title_that_looks_like_a_number_is_a_title(corpus):
    (corpus / "papers.yaml").write_text("harbour.md: {title: 2024}\n")
    assert load_overrides(corpus)["harbour.md"].title == "2024"


@pytest.mark.parametrize(("name", "data"), [("a.md", b" \n"), ("a.pdf", b""), ("a.docx", b"no")])
def test_a_file_that_holds_no_paper_is_unreadable(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PaperUnreadable):
        read(tmp_path, name)


@pytest.mark.parametrize(
    "name",
    [
        "Public reports pack 13th-Mar-2025 15.00 Cabinet.md",
        "Public reports pack Thursday 13-Mar-2025 15.00 Cabinet.md",
        "2025-03-13 Cabinet.md",
        "cabinet_2025-03-13_pack.md",
        "2025_03_13 pack.md",
        "Pack_13_March_2025.md",
    ],
)
def test_a_paper_that_names_no_date_may_have_it_in_its_files_name(tmp_path, name):
    text = HARBOUR.replace("Date of Meeting: 24 October 2024\n", "")
    (tmp_path / name).write_text(text)
    assert read(tmp_path, name).record.meeting_date == date(2025, 3, 13)


def test_a_file_called_an_appendix_is_one_and_its_versions_date_is_no_meetings(tmp_path):
    (tmp_path / "Appendix D 21.01.2025.md").write_text("# Tariff of dues\n\nA yacht pays £14.\n")
    record = read(tmp_path, "Appendix D 21.01.2025.md").record
    assert (record.type, record.title, record.meeting_date) == ("appendix", "Tariff of dues", None)


def test_a_paper_whose_head_names_no_matter_is_called_as_its_file(tmp_path):
    (tmp_path / "Tariff of dues.md").write_text("TOTAL £m 334.7 290.0\n")
    assert read(tmp_path, "Tariff of dues.md").record.title == "Tariff of dues"


def test_a_part_that_names_no_meeting_is_of_its_papers(corpus):
    sections = read(corpus, "harbour.md").sections
    assert {(s.committee, s.meeting_date) for s in sections} == {
        ("Harbours Committee", date(2024, 10, 24))
    }


AGENDA = make_record("may/agenda.pdf", type="agenda", meeting_date=date(2024, 5, 7))
UNDATED = make_record("may/tariff.pdf", council="", committee="", meeting_date=None)


def test_a_paper_without_a_meeting_takes_that_of_the_only_agenda_in_its_folder():
    tariff = with_meeting([AGENDA, UNDATED])[1]
    assert tariff.meeting_date == date(2024, 5, 7)
    assert (tariff.council, tariff.committee) == (AGENDA.council, AGENDA.committee)


@pytest.mark.parametrize(
    "others",
    [
        [],
        [make_record("june/agenda.pdf", type="agenda")],
        [AGENDA, make_record("may/second.pdf", type="agenda")],
        [make_record("may/report.pdf")],
    ],
)
def test_without_exactly_one_agenda_beside_it_a_paper_stays_undated(others):
    found = with_meeting([*others, UNDATED])[-1]
    assert (found.committee, found.meeting_date) == ("", None)


def test_a_paper_that_names_no_council_takes_the_one_that_its_folder_names_most():
    councils = ["Fenshire County Council", "Brackwater Town Council", "Fenshire County Council", ""]
    papers = [make_record(f"may/{n}.pdf", council=name) for n, name in enumerate(councils)]
    assert with_meeting(papers)[-1].council == "Fenshire County Council"


def test_a_paper_of_another_day_takes_no_committee_from_the_agenda_beside_it():
    june = make_record("may/june.pdf", committee="", meeting_date=date(2024, 6, 4))
    assert with_meeting([AGENDA, june])[1].committee == ""


def test_a_report_of_no_meeting_is_known_by_its_month(tmp_path):
    (tmp_path / "quay.txt").write_text("# Quay monitoring\n\nSeptember 2018\n\nDues fell by 4%.\n")
    paper = read_paper(tmp_path, *list_files(tmp_path), {})
    assert paper.record.title == "Quay monitoring, September 2018"
    assert {section.title for section in paper.sections} == {paper.record.title}


def test_a_file_that_cannot_be_opened_is_listed_and_the_others_are_indexed(corpus, tmp_path):
    (corpus / "gone.md").symlink_to("/proc/self/mem")  # there, and nobody's to read
    report = build(corpus, tmp_path / "index")
    assert report.unreadable.keys() == {"gone.md"}
    assert report.unreadable["gone.md"].startswith("cannot be opened (")
    assert report.added == ("harbour.md", "library.md")


@pytest.mark.parametrize(
    ("name", "shown"), [(b"caf\xe9.md", "caf?.md"), (b"two\nlines.md", "two?lines.md")]
)
def test_a_file_whose_name_cannot_be_shown_is_listed_and_the_others_are_indexed(
    corpus, tmp_path, name, shown
):
    try:
        Path(os.fsdecode(os.fsencode(corpus) + b"/" + name)).write_text(HARBOUR)
    except OSError:
        pytest.skip("this disk takes no such name")
    report = build(corpus, tmp_path / "index")
    assert report.unreadable.keys() == {shown} and "rename it" in report.unreadable[shown]
    assert report.added == ("harbour.md", "library.md")
