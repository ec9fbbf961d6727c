"""Conversion: done once, kept, done again where what is kept is torn, and never in the way."""

import subprocess
import sys

import numpy as np
import pytest

from assistant import conversion
from assistant.conversion import KEPT, cache
from assistant.embedder import Embedder
from assistant.errors import IndexUnusable

pytestmark = pytest.mark.slow

ASK = """
import sys
from assistant.embedder import Embedder
vector = Embedder().embed(["The ferry closes at nine."])[0]
print("torch" in sys.modules, *vector[:3])
"""


def _asked(home):
    """Whether a process of its own loaded PyTorch, and the vector's first numbers."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        capture_output=True,
        text=True,
        check=True,
        env={"XDG_CACHE_HOME": str(home)},
    )
    loaded, *numbers = done.stdout.split()
    return loaded == "True", np.array(numbers, dtype=np.float32)


def test_a_model_is_converted_once_and_again_only_where_it_is_torn(tmp_path):
    first = _asked(tmp_path)
    (model,) = (tmp_path / "committee-papers-assistant").glob("*/model.bin")
    made = model.stat().st_mtime_ns
    second = _asked(tmp_path)
    assert model.stat().st_mtime_ns == made
    model.write_bytes(model.read_bytes()[:1000])
    third = _asked(tmp_path)
    assert model.stat().st_size > 1000
    assert np.allclose(first[1], second[1]) and np.allclose(first[1], third[1])


def test_where_nothing_can_be_kept_the_model_still_answers(tmp_path):
    (tmp_path / "file").write_text("no folder", "utf-8")
    _, vector = _asked(tmp_path / "file")
    assert np.abs(vector).max() > 0


def test_pytorch_never_loads_where_questions_are_answered(tmp_path):
    loaded, _ = _asked(tmp_path)
    assert not loaded


def test_a_conversion_that_stalls_is_ended_and_told_in_a_line(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(conversion, "SECONDS", 0.05)
    with pytest.raises(IndexUnusable, match="took longer than"):
        Embedder().embed(["words"])
    assert list(cache().iterdir()) == []


def test_a_model_that_cannot_be_converted_is_told_with_the_reason(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(IndexUnusable, match="could not be converted for OpenVINO"):
        Embedder(str(tmp_path)).embed(["words"])


def test_only_the_newest_converted_models_are_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name in range(KEPT + 1):
        (cache() / f"older-{name}").mkdir(parents=True)
    Embedder().embed(["words"])
    assert len(list(cache().iterdir())) == KEPT
