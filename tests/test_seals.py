"""An index that is torn, edited, or has no room is told so in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from making import HARBOUR, WordEmbedder, build, contents, write_corpus

from assistant.build import roll_back_index
from assistant.errors import IndexUnusable
from assistant.index import Index, current
from assistant.seals import SEAL, check_seal

TESTS = Path(__file__).resolve().parent


@pytest.fixture
def index(corpus, tmp_path):
    build(corpus, tmp_path / "index")
    return tmp_path / "index"


def parts(folder):
    return [path for path in folder.rglob("*") if path.is_file() and path.name != SEAL]


def edit(path):
    """One letter of a file made another; its size stays."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_one_bit_edited_in_any_file_is_detected(index):
    for path in parts(current(index)):
        if path.name != "manifest.json":
            edit(path)
            with pytest.raises(IndexUnusable, match=f"{path.name} is torn or was edited; run"):
                Index.open(index, WordEmbedder.name)
            edit(path)
    assert Index.open(index, WordEmbedder.name)


def test_an_edit_that_keeps_the_date_is_found_before_anything_is_built_on_it(corpus, index):
    held = contents(index)
    path = current(index) / "papers.sqlite"
    known = path.stat()
    edit(path)
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
    with pytest.raises(IndexUnusable, match="torn or was edited"):
        check_seal(current(index), whole=True)
    write_corpus(corpus, note="The quay was mended in May.\n")
    build(corpus, index)
    (corpus / "note.md").unlink()
    build(corpus, index)
    assert contents(index) == held


def test_a_rollback_to_an_edited_index_is_refused(corpus, index):
    before = current(index)
    write_corpus(corpus, harbour=HARBOUR.replace("389", "377"))
    build(corpus, index)
    edit(before / "papers.sqlite")
    with pytest.raises(IndexUnusable, match="torn or was edited"):
        roll_back_index(corpus, index)
    assert current(index) != before


def test_an_index_that_was_copied_answers(index, tmp_path):
    (tmp_path / "copy").mkdir()
    for path in index.rglob("*"):
        there = tmp_path / "copy" / path.relative_to(index)
        there.mkdir(exist_ok=True) if path.is_dir() else there.write_bytes(path.read_bytes())
    assert Index.open(tmp_path / "copy", WordEmbedder.name).store.size()


BUILDING = """
import pathlib, resource, sys
import making
from assistant.build import build_index
from assistant.errors import IndexUnusable
corpus, index, room = sys.argv[1:]
corpus, index = pathlib.Path(corpus), pathlib.Path(index)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), int(room)))
try:
    build_index(corpus, index, embedder=making.WordEmbedder(), progress=False)
except IndexUnusable as error:
    print(error)
"""


def building(corpus, index, room):
    """What a build in a process of its own prints, where no file may be larger than `room`."""
    done = subprocess.run(
        [sys.executable, "-c", BUILDING, corpus, index, str(room)],
        cwd=TESTS,
        env={"PYTHONPATH": f"{TESTS}:{TESTS.parent}", "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.mark.parametrize("room", [2_000, 8_000, 20_000])
def test_where_there_is_no_room_one_line_says_so_and_the_index_in_use_stays(corpus, index, room):
    held = contents(index)
    write_corpus(corpus, harbour=HARBOUR.replace("389", "377"))
    said = building(corpus, index, room)
    assert said.startswith(f"{index}: no room left") and said.count("\n") == 1
    assert contents(index) == held
    assert not list(index.glob(".building*")) + list(index.glob(".current-*"))


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own with little room, where this account may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", place], check=False
        )
    except OSError:
        pytest.skip("there is no mount here")
    if made.returncode:
        pytest.skip("this account may not make a disk")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_disk_that_is_full_ends_no_program(corpus, small_disk):
    assert "no room left" in building(corpus, small_disk / "index", 2**30)
