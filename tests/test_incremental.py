"""An index that is brought up to date: it holds what one built anew would, and says what it did."""

import random
import shutil

import pytest
from making import HARBOUR, LIBRARY, build, contents, write_corpus


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


CHANGES = {
    "added": lambda corpus: write_corpus(corpus, ferry="The Ferry Fund (FF) holds £5,000.\n"),
    "changed": lambda corpus: write_corpus(corpus, harbour=HARBOUR.replace("412", "400")),
    "removed": lambda corpus: (corpus / "library.md").unlink(),
    "renamed": lambda corpus: (corpus / "library.md").rename(corpus / "z.md"),
    "damaged": lambda corpus: (corpus / "harbour.md").write_bytes(b""),
    "overridden": lambda corpus: (corpus / "papers.yaml").write_text("library.md: {title: Stops}"),
    "swapped": lambda corpus: write_corpus(corpus, harbour=LIBRARY, library=HARBOUR),
    "copied": lambda corpus: shutil.copy(corpus / "harbour.md", corpus / "copy.md"),
    "dated": lambda corpus: (corpus / "library.md").rename(corpus / "2023-05-16 stops.md"),
    "read otherwise": lambda corpus: (corpus / "library.md").rename(corpus / "library.txt"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_index_brought_up_to_date_holds_what_a_new_one_would(corpus, index, tmp_path, change):
    build(corpus, index)
    CHANGES[change](corpus)
    build(corpus, index)
    build(corpus, tmp_path / "new")
    assert contents(index) == contents(tmp_path / "new")


UNDATED = HARBOUR.replace("Date of Meeting: 24 October 2024\n", "")
AGENDA = "# Harbours Committee\n\nDate: 7 May 2024\n\n1. Apologies were given by all.\n"
NAMES = ("a.md", "b.md", "2021-03-04 c.md", "sub/a.md", "sub/agenda.md", "d.txt", "e.pdf")
WORDS = (UNDATED, LIBRARY, AGENDA, "# Tariff\n\nA yacht pays £14 a night.\n", "")
SAID = ("", "a.md: {title: Dues}", "sub/agenda.md: {type: agenda}", "b.md: {committee: Cabinet}")


def tangle(corpus, chance):
    """Adds, changes, copies, renames or removes a paper, or says something of one."""
    names = [corpus / name for name in NAMES]
    here = [path for path in names if path.exists()]
    path, other = chance.choice(names), chance.choice(here)
    path.parent.mkdir(parents=True, exist_ok=True)
    acts = {
        "write": lambda: path.write_text(chance.choice(WORDS)),
        "copy": lambda: path.write_bytes(other.read_bytes()),
        "rename": lambda: other.replace(path),
        "remove": lambda: len(here) > 1 and other.unlink(),
        "say": lambda: (corpus / "papers.yaml").write_text(chance.choice(SAID)),
    }
    acts[chance.choice(sorted(acts))]()
    write_corpus(corpus, always=LIBRARY.replace("57", "58"))


@pytest.mark.parametrize("seed", range(5))
def test_after_any_changes_an_index_holds_what_a_full_one_would(corpus, index, tmp_path, seed):
    chance = random.Random(seed)
    write_corpus(corpus, a=UNDATED)
    for _ in range(8):
        tangle(corpus, chance)
        build(corpus, index)
        shutil.rmtree(tmp_path / "new", ignore_errors=True)
        build(corpus, tmp_path / "new")
        assert contents(index) == contents(tmp_path / "new")
        assert build(corpus, index).added == ()


def test_a_copy_of_a_paper_is_indexed_once_and_said_so(corpus, index):
    build(corpus, index)
    shutil.copy(corpus / "library.md", corpus / "z.md")
    report = build(corpus, index)
    assert (report.added, report.copies) == (("z.md",), {"z.md": "library.md"})
    assert "z.md: same as library.md" in str(report)
    again = build(corpus, index)
    assert (again.added, again.copies) == ((), report.copies)
    manifest, records, passages, _ = contents(index)
    assert "z.md" in manifest.papers and "z.md" not in records
    assert not any(passage.paper == "z.md" for passage in passages)


def test_of_two_copies_the_one_that_an_officer_speaks_of_is_the_paper(corpus, index):
    shutil.copy(corpus / "library.md", corpus / "z.md")
    (corpus / "papers.yaml").write_text("z.md: {title: Stops}\n")
    assert build(corpus, index).copies == {"library.md": "z.md"}


def test_two_papers_that_change_names_are_cited_by_their_new_ones(corpus, index):
    build(corpus, index)
    write_corpus(corpus, harbour=LIBRARY, library=HARBOUR)
    assert build(corpus, index).changed == ("harbour.md", "library.md")
    assert contents(index)[1]["library.md"].title == "Review of harbour dues"


def test_an_inherited_meeting_goes_with_its_agenda(corpus, index):
    write_corpus(corpus / "may", agenda=AGENDA, tariff="# Tariff\n\nA yacht pays £14.\n")
    (corpus / "papers.yaml").write_text("may/agenda.md: {type: agenda}\n")
    build(corpus, index)
    assert str(contents(index)[1]["may/tariff.md"].meeting_date) == "2024-05-07"
    (corpus / "may" / "agenda.md").unlink()
    build(corpus, index)
    assert contents(index)[1]["may/tariff.md"].meeting_date is None


def test_a_paper_whose_folder_alone_changes_is_not_read_again(corpus, index, monkeypatch):
    build(corpus, index)
    write_corpus(corpus / "old", library=LIBRARY)
    (corpus / "library.md").unlink()
    monkeypatch.delattr("assistant.intake.read_gated")
    assert build(corpus, index).added == ("old/library.md",)
    assert {passage.paper for passage in contents(index)[2]} == {"harbour.md", "old/library.md"}


@pytest.mark.parametrize("name", ["library%20.md", "library (1).txt", "old/library.md"])
def test_a_paper_that_was_saved_again_is_indexed_once_and_not_read_again(
    corpus, index, monkeypatch, name
):
    (corpus / "old").mkdir()
    (corpus / name).write_bytes(LIBRARY.replace("\n\n", "\n\n\n").encode())
    report = build(corpus, index)
    assert report.copies == {name: "library.md"}
    assert f"{name}: same as library.md" in str(report)
    assert [path for path in contents(index)[1] if "library" in path] == ["library.md"]
    (corpus / "note.md").write_text("The quay was mended in May.\n")
    build(corpus, index)
    monkeypatch.delattr("assistant.intake.read_gated")
    (corpus / "note.md").unlink()
    assert build(corpus, index).copies == report.copies


def test_when_a_paper_goes_the_one_saved_again_takes_its_place(corpus, index):
    (corpus / "z.md").write_text(LIBRARY.replace("\n\n", "\n\n\n"))
    build(corpus, index)
    (corpus / "library.md").unlink()
    report = build(corpus, index)
    assert (report.dropped, report.copies) == (("library.md",), {})
    assert "z.md" in contents(index)[1]
