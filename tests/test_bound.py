"""Minutes and reports that are bound into a pack are indexed once, and said so."""

import pytest
from making import WordEmbedder, build, contents, write_corpus

from assistant.bound import bound_into
from assistant.build import decide
from assistant.releases import Act

HEAD = "# Fenshire County Council\n\n# Harbours Committee\n\n"
MINUTES = """# Minutes of the meeting of the Harbours Committee held on 9 July 2024

## 1. Apologies

Councillor Wren Ashby sent her apologies, and Councillor Tern took the chair in her place.

## 2. Dredging at Saltmarsh Quay

The committee heard that 4,120 tonnes of silt had been taken from the quay since the spring.

Resolved that the harbour master report on the price of a second dredging in the autumn.
"""
PACK = f"""{HEAD}# Agenda

Date of Meeting: 24 October 2024

1. Apologies

2. Minutes of the meeting held on 9 July 2024 (Pages 1 - 2)

3. Review of harbour dues (Pages 3 - 4)

{MINUTES}
"""
CHANGED = MINUTES.replace("4,120", "4,210")


@pytest.fixture
def papers(corpus):
    return write_corpus(corpus, pack=PACK, **{"july minutes": HEAD + MINUTES})


def test_minutes_bound_into_the_next_agenda_are_indexed_once_and_said_so(papers, tmp_path):
    report = build(papers, tmp_path / "index")
    assert report.copies == {"july minutes.md": "pack.md"}
    assert "july minutes.md: same as pack.md" in str(report)
    found = [one for one in contents(tmp_path / "index")[2] if "4,120" in one.text]
    assert [one.paper for one in found] == ["pack.md"]


def test_what_differs_by_a_figure_is_no_copy(papers, tmp_path):
    write_corpus(papers, **{"july minutes": HEAD + CHANGED})
    assert build(papers, tmp_path / "index").copies == {}


def test_a_few_words_that_stand_in_a_pack_are_no_copy(papers, tmp_path):
    write_corpus(papers, note="# Apologies\n\nCouncillor Wren Ashby sent her apologies.\n")
    assert "note.md" not in build(papers, tmp_path / "index").copies


def test_a_bound_paper_is_not_read_again_until_its_pack_changes(papers, tmp_path, monkeypatch):
    build(papers, tmp_path / "index")
    (papers / "library.md").unlink()
    with monkeypatch.context() as patched:
        patched.delattr("assistant.intake.read_gated")
        assert build(papers, tmp_path / "index").copies == {"july minutes.md": "pack.md"}
    write_corpus(papers, pack=PACK.replace("4,120", "4,210"))
    embedder = WordEmbedder()
    assert build(papers, tmp_path / "index", embedder).copies == {}
    assert "july minutes.md" in contents(tmp_path / "index")[1]


def test_when_the_pack_goes_the_paper_takes_its_place(papers, tmp_path):
    build(papers, tmp_path / "index")
    (papers / "pack.md").unlink()
    report = build(papers, tmp_path / "index")
    assert (report.dropped, report.copies) == (("pack.md",), {})
    assert contents(tmp_path / "index")[1].keys() >= {"july minutes.md"}


def test_an_index_brought_up_to_date_holds_what_a_new_one_would(papers, tmp_path):
    (papers / "pack.md").rename(tmp_path / "pack.md")
    build(papers, tmp_path / "index")
    (tmp_path / "pack.md").rename(papers / "pack.md")
    build(papers, tmp_path / "index")
    build(papers, tmp_path / "new")
    assert contents(tmp_path / "index") == contents(tmp_path / "new")


@pytest.mark.parametrize("name", ["july minutes.md", "pack.md"])
def test_what_holds_the_words_of_a_withdrawn_paper_goes_with_it(papers, tmp_path, name):
    index = tmp_path / "index"
    build(papers, index)
    decide(papers, index, name, Act.WITHDRAW, by="Wren", why="names a child")
    report = build(papers, index)
    assert report.withdrawn.keys() == {"july minutes.md", "pack.md"}
    assert all("names a child" in words for words in report.withdrawn.values())
    held = b"".join(path.read_bytes() for path in index.rglob("*") if path.is_file())
    assert b"4,120" not in held
    decide(papers, index, "july minutes.md", Act.RELEASE, by="Wren", why="they name nobody")
    assert build(papers, index).withdrawn.keys() == {"pack.md"}


def test_nothing_is_bound_where_there_is_no_paper():
    assert bound_into([]) == {}
