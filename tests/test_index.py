"""The index: which one is opened, which is refused with the command to run, and how it swaps."""

import json
import shutil
from threading import Event

import numpy as np
import pytest
from making import HARBOUR, WordEmbedder, write_corpus

from assistant.build import build_index
from assistant.errors import IndexUnusable
from assistant.index import Index, current, generations, prune, write_generation

NAME = WordEmbedder.name


@pytest.fixture
def index(small_index, tmp_path):
    """A copy of the small index that a test may damage."""
    return shutil.copytree(small_index, tmp_path / "index")


def refused(index, model=NAME):
    with pytest.raises(IndexUnusable) as caught:
        Index.open(index, model)
    message = str(caught.value)
    assert "\n" not in message
    assert str(index) in message
    return message


def edit_manifest(index, **fields):
    path = current(index) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_an_index_opens_with_all_its_parts(small_index):
    opened = Index.open(small_index, NAME)
    count = opened.manifest.passages
    assert count == opened.vectors.ntotal == opened.words.size == opened.all.size
    assert count == len(list(opened.store.every()))
    assert opened.manifest.papers.keys() == opened.store.records.keys()
    assert opened.glossary.names("PBR") == ["pilot boat reserve"]


def test_words_are_written_while_the_vectors_are_still_being_made(small_index, tmp_path):
    opened, taken = Index.open(small_index, NAME), Event()

    def papers():
        yield from opened.papers()
        taken.set()

    def embed(file):
        assert taken.wait(60)
        np.save(file, opened.vectors.vectors)

    folder = write_generation(tmp_path, opened.manifest, papers(), embed)
    assert Index.open_generation(folder).words.size == opened.manifest.passages


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()])
def test_a_missing_index_is_refused_with_the_command_to_run(tmp_path, make):
    make(tmp_path / "none")
    assert "run: assistant index" in refused(tmp_path / "none")


def test_an_index_of_another_model_is_refused_with_both_names(index):
    message = refused(index, "all-other-model")
    assert NAME in message and "all-other-model" in message
    assert "run: assistant index --full" in message


def test_an_index_of_another_format_is_refused(index):
    edit_manifest(index, format=0)
    assert "run: assistant index --full" in refused(index)


TORN = ["", "{", "not JSON", "[]", "{}", '{"format": 2}', '{"format": 2, "unreadable": []}']


@pytest.mark.parametrize("content", TORN)
def test_a_torn_manifest_is_refused(index, content):
    (current(index) / "manifest.json").write_text(content)
    assert "run: assistant index --full" in refused(index)


PARTS = [
    "papers.sqlite",
    "vectors.npy",
    "glossary.json",
    "words/surface.tsv",
    "words/vocab.index.json",
    "all/data.csc.index.npy",
]


@pytest.mark.parametrize("part", ["manifest.json", *PARTS])
def test_an_index_that_lacks_a_part_is_refused(index, part):
    (current(index) / part).unlink()
    assert "run: assistant index --full" in refused(index)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\x00\x01 no such thing" * 99])
@pytest.mark.parametrize("part", PARTS)
def test_an_index_with_a_damaged_part_is_refused(index, part, data):
    (current(index) / part).write_bytes(data)
    if (part, data) == ("glossary.json", b"{}"):
        return  # papers without acronyms
    assert "run: assistant index --full" in refused(index)


def test_an_index_in_use_whose_name_is_no_text_is_missing(index):
    (index / "current").write_bytes(b"\xff\xfe")
    assert "run: assistant index" in refused(index)


def test_damage_that_shows_only_when_it_is_read_is_refused_then(tmp_path):
    index = tmp_path / "long"
    berths = "\n\n".join(f"1.{number} Berth {number} was let." for number in range(200))
    build_index(
        write_corpus(tmp_path / "c", a=berths), index, embedder=WordEmbedder(), progress=False
    )
    opened = Index.open(index, NAME)
    path = current(index) / "papers.sqlite"
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xee" * (path.stat().st_size - 4096))
    with pytest.raises(IndexUnusable, match="run: assistant index --full"):
        list(opened.store.every())


def test_parts_of_two_indexes_do_not_pass_for_one(index, tmp_path):
    corpus = write_corpus(tmp_path / "other", harbour=HARBOUR)
    build_index(corpus, tmp_path / "one", embedder=WordEmbedder(), progress=False)
    shutil.copy(current(tmp_path / "one") / "vectors.npy", current(index) / "vectors.npy")
    assert "run: assistant index --full" in refused(index)


def test_an_index_whose_generation_is_gone_is_missing(index):
    shutil.rmtree(current(index))
    assert "run: assistant index" in refused(index)


def test_the_generation_in_use_is_the_one_that_current_names(index):
    used = current(index)
    shutil.copytree(used, index / "g-000009")
    assert Index.open(index, NAME).folder == used


def test_pruning_keeps_what_is_in_use_and_sweeps_what_a_crash_left(index):
    used = current(index)
    for number in (5, 6, 7):
        shutil.copytree(used, index / f"g-{number:06d}")
    (index / ".building-123").mkdir()
    (index / ".current-123").write_text("g-0000")
    (index / "current").write_text("g-000007")
    prune(index)
    assert [path.name for path in generations(index)] == ["g-000006", "g-000007"]
    assert not list(index.glob(".*-123"))


def test_an_open_index_answers_on_while_another_is_swapped_in(index, tmp_path):
    opened = Index.open(index, NAME)
    before = list(opened.store.every())
    corpus = write_corpus(tmp_path / "other", harbour=HARBOUR)
    for text in ("Dues rose.", "Dues fell.", "Dues stayed."):
        (corpus / "note.txt").write_text(text)
        build_index(corpus, index, embedder=WordEmbedder(), progress=False)
    assert list(opened.store.every()) == before
    assert opened.words.scores({"moor": 1.0}).any()
