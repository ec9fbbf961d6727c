"""Embedding ahead: what is read is known before all is read, and nothing that is not needed."""

from threading import Event

import pytest
from making import HARBOUR, WordEmbedder, make_passage, make_record, write_corpus

from assistant import ahead
from assistant.ahead import embedding_ahead
from assistant.corpus import File
from assistant.embedded import Embedded
from assistant.errors import IndexUnusable
from assistant.intake import Read, look, take_in
from assistant.shelf import Shelf


class Telling(WordEmbedder):
    """Tells when the text "last" has been embedded."""

    def __init__(self):
        super().__init__()
        self.last = Event()

    def embed(self, texts, tick=None):
        vectors = super().embed(texts, tick)
        if ": last" in texts:
            self.last.set()
        return vectors


def read(name, *texts, type="report", digest=""):
    passages = tuple(make_passage(text) for text in texts)
    record = make_record(path=name, type=type)
    return Read(File(name, name), record, passages, text=digest or name)


def embedded_of(folder, monkeypatch, *reads):
    """What is embedded of papers while others are read, in order."""
    monkeypatch.setattr(ahead, "SLAB", 1)
    embedder = Telling()
    with embedding_ahead(Embedded(folder / "new"), embedder) as ready:
        for one in (*reads, read("last", "last")):
            ready(one)
        assert embedder.last.wait(60)
    return [text.removeprefix(": ") for text in embedder.embedded]


def test_papers_are_embedded_before_the_reading_ends(tmp_path, monkeypatch):
    papers = read("one", "fog", "quays"), read("two", "dues")
    assert embedded_of(tmp_path, monkeypatch, *papers) == ["quays", "fog", "dues", "last"]


def test_a_text_of_two_papers_is_embedded_once(tmp_path, monkeypatch):
    papers = read("one", "fog"), read("two", "fog")
    assert embedded_of(tmp_path, monkeypatch, *papers) == ["fog", "last"]


def test_a_copy_and_a_paper_bound_into_a_pack_wait_for_the_end(tmp_path, monkeypatch):
    pack = read("pack", "fog at sea", type="agenda")
    others = read("copy", "fog ", digest="pack"), read("bound", "FOG at sea", "x")
    assert embedded_of(tmp_path, monkeypatch, pack, *others) == ["fog at sea", "last"]


def test_a_paper_that_could_not_be_read_or_was_withdrawn_is_passed_over(tmp_path, monkeypatch):
    unread = Read(File("torn", "torn"), why="damaged file")
    assert embedded_of(tmp_path, monkeypatch, unread) == ["last"]


def test_less_than_a_slab_is_left_for_later(tmp_path):
    embedder, known = Telling(), Embedded(tmp_path / "new")
    with embedding_ahead(known, embedder) as ready:
        ready(read("one", "last"))
    assert ": last" not in known and known.made == 0


def test_a_model_that_is_not_there_is_told_when_the_reading_ends(tmp_path):
    embedder, tried = Telling(), Event()

    def load():
        tried.set()
        raise IndexUnusable("no model")

    embedder.load = load
    known = Embedded(tmp_path / "new")
    with pytest.raises(IndexUnusable), embedding_ahead(known, embedder) as ready:
        ready(read("one", "fog"))
        assert tried.wait(60)


def test_larger_files_are_read_first_so_that_a_pack_comes_before_its_papers(tmp_path):
    corpus = write_corpus(tmp_path / "c", a="# Fog\n\n1.1 Fog.", b=HARBOUR, c=HARBOUR[:99])
    told: list[Read] = []
    take_in(look(corpus), None, Shelf(tmp_path / "shelf"), False, told.append)
    assert [one.file.path for one in told] == ["b.md", "c.md", "a.md"]
