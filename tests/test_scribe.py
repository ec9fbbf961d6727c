"""Texts and web pages are read by a child that they share, and that none of them stalls."""

from time import monotonic

import pytest
from making import HARBOUR, build, write_corpus

from assistant.doors import read_html_safely, read_text_safely
from assistant.errors import PaperUnreadable
from assistant.guarded import close_readers
from assistant.markup import read_html, read_text

PAGE = "<html><body><h1>Ferry fares</h1><p>The fare is £4.</p></body></html>"


@pytest.fixture
def page(tmp_path):
    (tmp_path / "fares.html").write_text(PAGE)
    return tmp_path / "fares.html"


def test_a_text_and_a_page_read_the_same_in_the_child(corpus, page):
    assert read_html_safely(page) == read_html(page)
    assert read_text_safely(corpus / "harbour.md") == read_text(corpus / "harbour.md")


def test_a_refusal_is_quoted_and_the_next_file_is_read(corpus, tmp_path):
    (tmp_path / "a.md").write_bytes(b"")
    with pytest.raises(PaperUnreadable, match="the file is empty"):
        read_text_safely(tmp_path / "a.md")
    assert read_text_safely(corpus / "harbour.md").blocks


def test_a_page_that_takes_too_long_ends_the_child_and_the_next_one_gets_another(corpus, page):
    close_readers()  # one that has yet to begin is too late for no time
    begun = monotonic()
    with pytest.raises(PaperUnreadable, match="took longer"):
        read_html_safely(page, seconds=0.0)
    assert monotonic() - begun < 5
    assert read_text_safely(corpus / "harbour.md").blocks


def test_a_page_that_the_child_does_not_outlive_is_damaged_and_the_others_are_indexed(
    corpus, tmp_path
):
    (corpus / "deep.html").write_text("<b><i>" * 30_000 + "fares")
    report = build(corpus, tmp_path / "index")
    assert {"harbour.md", "library.md"} <= set(report.added)
    assert "deep.html" in {*report.unreadable, *report.added}


def test_one_child_reads_many_files(tmp_path):
    texts = {f"paper {number}": HARBOUR.replace("389", str(number)) for number in range(40)}
    folder, begun = write_corpus(tmp_path / "many", **texts), monotonic()
    for path in folder.iterdir():
        assert read_text_safely(path).blocks
    assert monotonic() - begun < 20
