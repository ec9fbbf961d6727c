"""Readers in a child process: the same reading, and an end for what stalls or eats the memory."""

import os
import signal
import subprocess
import sys

import pytest
from docx import Document
from making import HARBOUR, build, write_corpus
from PIL import Image

from assistant import corpus as folder
from assistant.doors import read_docx_safely
from assistant.errors import PaperUnreadable
from assistant.guarded import close_readers, read_guarded
from assistant.office import read_docx
from assistant.pdf import read_pdf

READER = """
import os, time
from assistant.guarded import serve
from assistant.papers import Reading

seen = 0

def read(path):
    global seen
    seen += 1
    print("as libraries do", flush=True)
    if path.name == "stalls":
        time.sleep(30)
    if path.name == "dies":
        os.abort()
    return Reading((), pages=os.getppid(), title=str(seen - 1))

serve(read)
"""


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """A module that reads by name, and tells its child's process and how much that has read."""
    (tmp_path / "readsbyname.py").write_text(READER)
    monkeypatch.chdir(tmp_path)
    yield "readsbyname"
    close_readers()


@pytest.fixture
def document(tmp_path):
    made = Document()
    made.add_heading("Ferry fares")
    made.add_paragraph("The ferry fare is 4 pounds.")
    made.save(tmp_path / "fares.docx")
    return tmp_path / "fares.docx"


def test_a_word_document_reads_the_same_in_a_child(document):
    assert read_docx_safely(document) == read_docx(document)


def test_a_child_that_says_why_it_cannot_read_is_quoted(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"no document")
    with pytest.raises(PaperUnreadable, match="not a Word document"):
        read_docx_safely(tmp_path / "a.docx")


def test_a_child_that_takes_too_long_is_ended(document):
    with pytest.raises(PaperUnreadable, match="took longer than"):
        read_docx_safely(document, seconds=0.0001)


def test_only_a_stretch_that_has_its_own_limit_does_not_count(tmp_path):
    work = """
import sys, time
from contextlib import nullcontext
from assistant.guarded import limit, unhurried
limit(float(sys.argv[1]))
with unhurried() if sys.argv[2] == "unhurried" else nullcontext():
    time.sleep(0.6)
"""
    for kind, ended in (("unhurried", 0), ("hurried", -signal.SIGALRM)):
        done = subprocess.run([sys.executable, "-c", work, "0.3", kind], check=False)
        assert done.returncode == ended


def test_a_child_that_dies_is_a_damaged_file(document):
    with pytest.raises(PaperUnreadable, match="damaged file"):
        read_guarded("assistant.nosuchreader", document)


def test_what_one_file_does_to_its_reader_the_next_does_not_meet(tmp_path, reader):
    for name, why in (("stalls", "took longer"), ("dies", "damaged"), ("prints", "")):
        if why:
            with pytest.raises(PaperUnreadable, match=why):
                read_guarded(reader, tmp_path / name, seconds=0.5, spare=20)
        assert read_guarded(reader, tmp_path / "prints", seconds=20).title == "0"


def test_a_child_reads_many_files(tmp_path, reader):
    read_guarded(reader, tmp_path / "a", seconds=20)
    children = {read_guarded(reader, tmp_path / "a", seconds=20).pages for _ in range(20)}
    assert len(children) == 1


def test_a_child_that_was_ended_meanwhile_is_replaced(tmp_path, reader):
    child = read_guarded(reader, tmp_path / "a", seconds=20).pages
    os.kill(child, signal.SIGKILL)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert read_guarded(reader, tmp_path / "a", seconds=20).pages != child


def test_a_text_larger_than_any_paper_is_refused(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "MOST_BYTES", 1_000)
    write_corpus(corpus, long=HARBOUR * 3)
    report = build(corpus, tmp_path / "index")
    assert report.unreadable == {"long.md": "larger than any paper; split it"}


def test_a_pdf_with_more_pages_than_anybody_reads_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.pdf.MOST_PAGES", 2)
    page = Image.new("L", (30, 30))
    page.save(tmp_path / "a.pdf", save_all=True, append_images=[page, page])
    with pytest.raises(PaperUnreadable, match="holds 3 pages"):
        read_pdf(tmp_path / "a.pdf")


def test_a_build_loads_nothing_that_only_readers_and_answers_need():
    told = subprocess.run(
        [sys.executable, "-c", "import sys, assistant.cli, assistant.build; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(told.stdout.split())
    assert "assistant.doors" in loaded
    assert not loaded & {"pdfminer", "docx", "bs4", "pypdfium2", "assistant.assistant"}
