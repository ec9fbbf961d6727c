"""What many tests stand on: a small index, and an assistant over it, without a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import address, browsed_index, browsed_papers, chromium, page  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@pytest.fixture
def corpus(tmp_path):
    """A folder of two small papers, which a test may change."""
    from making import write_corpus

    return write_corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def small_index(tmp_path_factory) -> Path:
    """The index of the harbour and the library paper; tests only read it."""
    from making import WordEmbedder, write_corpus

    from assistant.build import build_index

    folder = tmp_path_factory.mktemp("small")
    corpus = write_corpus(folder / "corpus")
    build_index(corpus, folder / "index", embedder=WordEmbedder(), progress=False)
    return folder / "index"


@pytest.fixture(scope="session")
def assistant(small_index) -> Assistant:
    """An assistant over the small index, which embeds by hashed words."""
    from making import WordEmbedder

    from assistant.assistant import Assistant
    from assistant.index import Index

    return Assistant(Index.open(small_index, WordEmbedder.name), WordEmbedder())


@pytest.fixture(scope="session")
def sample_assistant(tmp_path_factory) -> Assistant:
    """An assistant with the real model over the sample papers, for slow tests."""
    from assistant.assistant import Assistant
    from assistant.build import build_index
    from assistant.embedder import Embedder

    index = tmp_path_factory.mktemp("sample") / "index"
    build_index(ROOT / "corpus", index, embedder=Embedder(), progress=False)
    return Assistant.open(index)


@pytest.fixture
def without_model(monkeypatch):
    """The commands embed by hashed words, so that none waits for the model."""
    from making import WordEmbedder

    monkeypatch.setattr("assistant.assistant.Embedder", WordEmbedder)
    monkeypatch.setattr("assistant.embedder.Embedder", WordEmbedder)


@pytest.fixture
def desk_without_model(without_model, monkeypatch):
    """So does the desk of the page, which seeks its answers in this process."""
    from making import WordEmbedder

    monkeypatch.setattr("assistant.page.desk.Embedder", WordEmbedder)
