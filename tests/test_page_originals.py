"""Which files of papers are handed out, and by which addresses."""

from hashlib import sha256

import pytest
from making import make_passage, make_record

from assistant.answers import Citation
from assistant.errors import PaperUnreadable
from assistant.evidence import Evidence
from assistant.page.originals import file_of
from assistant.page.pageview import marks_of, page_view
from assistant.papers import Box
from assistant.passages import Place


def laid(tmp_path, path="a.pdf", words=b"words"):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "outside.pdf").write_bytes(words)
    (corpus / "a.pdf").write_bytes(words)
    return make_record(path, digest=sha256(words).hexdigest()), corpus


def test_the_file_of_an_indexed_paper_is_found(tmp_path):
    assert file_of(*laid(tmp_path)).name == "a.pdf"


def test_a_path_that_leads_out_of_the_folder_is_refused(tmp_path):
    with pytest.raises(PaperUnreadable):
        file_of(*laid(tmp_path, path="../outside.pdf"))


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path):
    record, corpus = laid(tmp_path)
    (corpus / "a.pdf").unlink()
    (corpus / "a.pdf").symlink_to(tmp_path / "outside.pdf")
    with pytest.raises(PaperUnreadable):
        file_of(record, corpus)


def test_a_file_that_changed_after_it_was_read_is_refused(tmp_path):
    record, corpus = laid(tmp_path)
    (corpus / "a.pdf").write_bytes(b"other words")
    with pytest.raises(PaperUnreadable, match="assistant index"):
        file_of(record, corpus)


def test_marks_of_other_pages_and_torn_ones_are_left_out():
    marks = ["3,1,2,3,4", "2,1,2,3,4", "3,1,2", "3,nan,2,3,4", "x", "3,1,2,inf,4"]
    assert marks_of(marks, 3) == (Box(1, 2, 3, 4),)


def view(start, end, **known):
    places = tuple(Place(10 * n, 3 + n, f"{n + 1}", Box(n, n, 9, 9)) for n in range(3))
    passage = make_passage("x" * 30, places=places)
    return page_view(Citation(1, Evidence(passage, start, end), make_record(**known)))


def test_the_page_is_shown_with_the_places_of_the_cited_words_alone():
    assert 'data-page="4"' in view(12, 15) and 'data-marks="4,1,1,9,9"' in view(12, 15)
    assert 'data-marks="4,1,1,9,9;5,2,2,9,9"' in view(12, 25)


def test_printed_and_pdf_page_stand_under_the_picture():
    assert "Printed page 2, PDF page 4 of 9" in view(12, 15)


def test_the_file_opens_at_the_cited_page():
    assert 'href="paper?path=papers&#37;2Fquay.pdf#page=4"'.replace("&#37;", "%") in view(12, 15)


def test_a_paper_without_pages_has_no_picture():
    assert view(0, 5, path="quay.docx", pages=None) == ""
