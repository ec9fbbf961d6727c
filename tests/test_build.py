"""Builds: only what changed is read, nothing is lost, the index in use is never broken."""

import subprocess
import sys
from pathlib import Path

import pytest
from making import HARBOUR, WordEmbedder, build, contents, write_corpus

from assistant.errors import CorpusEmpty, IndexUnusable
from assistant.index import Index, current

TESTS = Path(__file__).resolve().parent
NAME = WordEmbedder.name


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


def texts(index):
    return [passage.text for passage in contents(index)[2]]


def test_a_build_reports_what_it_did(corpus, index):
    report = build(corpus, index)
    assert report.added == ("harbour.md", "library.md")
    assert report.changed == report.dropped == report.unchanged == ()
    assert report.passages == report.embedded == len(texts(index))


def test_every_passage_has_the_vector_of_its_own_text(corpus, index):
    build(corpus, index)
    opened = Index.open(index, NAME)
    for text in ("moorings let in Brackwater", "books lent by the mobile library"):
        _, ((key, *_),) = opened.vectors.search(WordEmbedder().embed([text]), 3)
        (found,) = opened.store.get([key])
        assert text.split()[0] in found.text


def test_when_nothing_changed_nothing_is_read_embedded_or_written(corpus, index):
    build(corpus, index)
    before, embedder = current(index), WordEmbedder()
    report = build(corpus, index, embedder)
    assert report.unchanged == ("harbour.md", "library.md")
    assert (report.added, report.changed, report.dropped, report.embedded) == ((), (), (), 0)
    assert embedder.embedded == []
    assert current(index) == before


def test_only_a_changed_papers_new_words_are_embedded(corpus, index):
    build(corpus, index)
    (corpus / "harbour.md").write_text(HARBOUR.replace("389", "377"))
    embedder = WordEmbedder()
    report = build(corpus, index, embedder)
    assert (report.changed, report.unchanged) == (("harbour.md",), ("library.md",))
    assert len(embedder.embedded) == report.embedded == 1 and "377" in embedder.embedded[0]
    assert not any("389" in text for text in texts(index))


def test_a_new_paper_joins_the_others(corpus, index):
    build(corpus, index)
    write_corpus(corpus, ferry="Ferry fares to Saltmarsh rose by 4% in May 2023.\n")
    assert build(corpus, index).added == ("ferry.md",)
    assert any("Ferry fares" in text for text in texts(index))
    assert any("Brackwater" in text for text in texts(index))


def test_a_removed_paper_leaves_nothing_behind(corpus, index):
    build(corpus, index)
    (corpus / "library.md").unlink()
    assert build(corpus, index).dropped == ("library.md",)
    manifest, records, passages, _ = contents(index)
    assert manifest.papers.keys() == records.keys() == {"harbour.md"} == {p.paper for p in passages}
    assert not any("Thornmere" in passage.text for passage in passages)


def test_a_renamed_paper_is_cited_by_its_new_name_and_not_embedded_again(corpus, index):
    build(corpus, index)
    (corpus / "old").mkdir()
    (corpus / "library.md").rename(corpus / "old" / "stops.md")
    embedder = WordEmbedder()
    report = build(corpus, index, embedder)
    assert (report.added, report.dropped) == (("old/stops.md",), ("library.md",))
    assert embedder.embedded == []
    assert {passage.paper for passage in contents(index)[2]} == {"harbour.md", "old/stops.md"}


def test_a_full_build_reads_every_paper_and_writes_anew(corpus, index):
    build(corpus, index)
    before, held = current(index), contents(index)
    build(corpus, index, full=True)
    assert current(index) != before
    assert contents(index) == held


def test_an_officers_word_is_taken_up_and_taken_back(corpus, index):
    build(corpus, index)
    said = corpus / "papers.yaml"
    said.write_text("harbour.md: {title: Dues for 2025, committee: Cabinet}\n")
    build(corpus, index)
    record = contents(index)[1]["harbour.md"]
    assert (record.title, record.committee) == ("Dues for 2025", "Cabinet")
    said.unlink()
    build(corpus, index)
    assert contents(index)[1]["harbour.md"].title == "Review of harbour dues"


def test_an_officers_word_holds_for_the_passages_too(corpus, index):
    (corpus / "papers.yaml").write_text(
        "harbour.md: {title: Dues, committee: Cabinet, date: 2024-11-01}\n"
    )
    build(corpus, index)
    said = {(p.title, p.committee, str(p.meeting_date)) for p in contents(index)[2]}
    assert ("Dues", "Cabinet", "2024-11-01") in said
    assert not any("Harbours" in committee for _, committee, _ in said)


def test_an_officers_word_on_a_paper_that_is_not_there_is_remarked(corpus, index):
    (corpus / "papers.yaml").write_text("habour.md: {title: Dues}\n")
    for _ in range(2):
        assert "habour.md: named in papers.yaml" in str(build(corpus, index))


def test_a_paper_that_cannot_be_read_is_listed_with_its_reason_and_the_others_indexed(
    corpus, index
):
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 cut off")
    (corpus / "empty.docx").write_bytes(b"")
    report = build(corpus, index)
    assert report.unreadable.keys() == {"broken.pdf", "empty.docx"}
    assert all(why and "\n" not in why for why in report.unreadable.values())
    assert report.added == tuple(contents(index)[0].papers) == ("harbour.md", "library.md")
    assert all(f"{path}: {why}" in str(report) for path, why in report.unreadable.items())


def test_what_could_not_be_read_is_not_read_again_but_still_listed(corpus, index):
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 cut off")
    first = build(corpus, index)
    before = current(index)
    assert build(corpus, index).unreadable == first.unreadable
    assert current(index) == before


def test_a_broken_paper_that_is_taken_away_is_listed_no_more(corpus, index):
    (corpus / "broken.pdf").write_bytes(b"")
    build(corpus, index)
    (corpus / "broken.pdf").unlink()
    assert build(corpus, index).unreadable == contents(index)[0].unreadable == {}


def test_each_of_two_empty_files_is_listed_by_its_name(corpus, index):
    for name in ("a.pdf", "b.pdf"):
        (corpus / name).write_bytes(b"")
    report = build(corpus, index)
    assert (report.unreadable.keys(), report.copies) == ({"a.pdf", "b.pdf"}, {})


def test_a_paper_that_is_mended_is_indexed(corpus, index):
    (corpus / "note.md").write_bytes(b"")
    build(corpus, index)
    (corpus / "note.md").write_text("The quay was mended in May.\n")
    report = build(corpus, index)
    assert report.unreadable == {}
    assert "note.md" in contents(index)[0].papers


def test_a_folder_of_nothing_but_broken_papers_is_empty_and_leaves_the_index(corpus, index):
    build(corpus, index)
    held = contents(index)
    for path in corpus.iterdir():
        path.write_bytes(b"")
    with pytest.raises(CorpusEmpty, match=r"harbour\.md: .*assistant index"):
        build(corpus, index)
    assert contents(index) == held


def test_an_empty_folder_leaves_the_index_in_use(corpus, index, tmp_path):
    build(corpus, index)
    with pytest.raises(CorpusEmpty):
        build(tmp_path / "none", index)
    assert texts(index)


def tear(path):
    """Overwrites the middle of a file, which leaves its head as it was."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xee" * (len(data) - 4096))


DAMAGES = {
    "manifest.json": lambda path: path.write_bytes(b"no"),
    "vectors.npy": lambda path: path.write_bytes(b"no"),
    "papers.sqlite": tear,
    "words/indptr.csc.index.npy": lambda path: path.unlink(),
    "../current": lambda path: path.write_bytes(b"\xff"),
}


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("part", DAMAGES)
def test_a_damaged_index_is_replaced(corpus, index, part, full):
    build(corpus, index)
    held = contents(index)
    DAMAGES[part](current(index) / part)
    write_corpus(corpus, harbour=HARBOUR)
    build(corpus, index, full=full)
    assert contents(index) == held


def test_an_index_of_another_model_is_embedded_anew(corpus, index):
    other = WordEmbedder()
    other.name = "another"
    build(corpus, index, other)
    report = build(corpus, index)
    assert report.embedded == report.passages
    assert Index.open(index, NAME).manifest.model == NAME


class Impatient(WordEmbedder):
    """Starts a second build of the same index while the first one embeds."""

    def __init__(self, corpus, index):
        super().__init__()
        self.corpus, self.index, self.told = corpus, index, ""

    def embed(self, texts, tick=None):
        with pytest.raises(IndexUnusable) as caught:
            build(self.corpus, self.index)
        self.told = str(caught.value)
        return super().embed(texts, tick)


def test_a_second_build_of_the_same_index_is_told_so_and_the_first_goes_on(corpus, index):
    embedder = Impatient(corpus, index)
    build(corpus, index, embedder)
    assert "another build is running" in embedder.told and str(index) in embedder.told
    assert texts(index)


def test_an_index_that_cannot_be_written_is_named(corpus, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexUnusable, match="--index"):
        build(corpus, tmp_path / "file")


# Where a build dies: while it embeds, before the generation is named, before it is swapped in.
DEATHS = {
    "embedding": "making.WordEmbedder.embed = die",
    "naming": "pathlib.Path.rename = die",
    "swapping": "pathlib.Path.replace = die",
}
DYING = """
import os, pathlib, signal, sys
import making
from assistant.build import build_index
def die(*given):
    os.kill(os.getpid(), signal.SIGKILL)
{death}
corpus, index = map(pathlib.Path, sys.argv[1:])
build_index(corpus, index, embedder=making.WordEmbedder(), progress=False)
"""


@pytest.mark.parametrize(
    "death",
    ["swapping", *(pytest.param(d, marks=pytest.mark.slow) for d in ("embedding", "naming"))],
)
def test_a_build_that_dies_leaves_the_old_index_answering(corpus, index, death):
    build(corpus, index)
    held = contents(index)
    (corpus / "harbour.md").write_text(HARBOUR.replace("389", "377"))
    done = subprocess.run(
        [sys.executable, "-c", DYING.format(death=DEATHS[death]), corpus, index],
        cwd=TESTS,
        env={"PYTHONPATH": f"{TESTS}:{TESTS.parent}"},
        check=False,
        capture_output=True,
    )
    assert done.returncode == -9, done.stderr.decode()
    assert contents(index) == held
    build(corpus, index)
    assert any("377" in text for text in texts(index))
    assert not list(index.glob(".building*")) + list(index.glob(".current-*"))


HOSTILE = TESTS.parent.parent / "shared" / "hostile"


@pytest.mark.slow
def test_papers_made_to_break_readers_neither_stop_nor_stall_a_build(corpus, index):
    if not HOSTILE.is_dir():
        pytest.skip("the folder shared/hostile is not beside this checkout")
    for path in HOSTILE.iterdir():
        if path.stat().st_size < 100_000:
            (corpus / path.name).symlink_to(path)
    report = build(corpus, index)
    assert set(report.added) - {"EXPECTED.md"} >= {"harbour.md", "library.md"}
    assert "empty.pdf" in report.unreadable
