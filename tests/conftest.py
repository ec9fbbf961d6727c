"""What many tests stand on: a small index, and an assistant over it, without a model."""

from pathlib import Path

import pytest
from making import WordEmbedder, write_corpus

from assistant.assistant import Assistant
from assistant.build import build_index
from assistant.index import Index


@pytest.fixture
def corpus(tmp_path):
    return write_corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def small_index(tmp_path_factory) -> Path:
    """The index of the harbour and the library paper; tests only read it."""
    folder = tmp_path_factory.mktemp("small")
    build_index(
        write_corpus(folder / "corpus"),
        folder / "index",
        embedder=WordEmbedder(),
        progress=False,
    )
    return folder / "index"


@pytest.fixture(scope="session")
def assistant(small_index) -> Assistant:
    return Assistant(Index.open(small_index, WordEmbedder.name), WordEmbedder())


@pytest.fixture
def without_model(monkeypatch):
    """The commands embed by hashed words, so that none waits for the model."""
    monkeypatch.setattr("assistant.assistant.Embedder", WordEmbedder)
    monkeypatch.setattr("assistant.embedder.Embedder", WordEmbedder)
