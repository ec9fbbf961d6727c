"""The papers and questions that ship with the project are what they say they are."""

import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from evals.cases import Case, Kind, read_cases

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
PAPERS = sorted((CORPUS / "sample").glob("*.pdf"))
PACKS = [paper for paper in PAPERS if "pack" in paper.name or "supplement" in paper.name]
LARGEST = 300 * 1024  # bytes; the papers are carried by every checkout


@cache
def pages(paper: Path) -> tuple[str, ...]:
    document = pypdfium2.PdfDocument(paper)
    return tuple(page.get_textpage().get_text_range() for page in document)


@cache
def cases() -> tuple[Case, ...]:
    return read_cases(ROOT / "evals" / "sample.yaml")


def bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def stands_on(quote: str, page: str) -> bool:
    """Whole, or for a table row whose cells the page's order scatters, cell by cell."""
    if bare(quote) in bare(page):
        return True
    cells = quote.split(" | ")
    return len(cells) > 1 and all(bare(cell) in bare(page) for cell in cells)


@pytest.mark.slow
def test_committed_papers_are_what_their_sources_typeset_to():
    pytest.importorskip("typst", reason="the typst package typesets the sample papers")
    script = CORPUS / "typeset.py"
    done = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_sample_holds_five_papers_and_forty_pages_in_small_files():
    assert len(PAPERS) >= 5
    assert sum(len(pages(paper)) for paper in PAPERS) >= 40
    assert all(paper.stat().st_size < LARGEST for paper in PAPERS)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_first_page_says_that_it_is_a_sample_and_of_what(paper):
    first = " ".join(pages(paper)[0].split())
    assert first.startswith("Sample paper. Prepared for this project.")
    assert "restates, in new sentences, facts and figures from" in first


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_no_telephone_number_or_email_address_is_printed(paper):
    text = " ".join(pages(paper))
    assert not re.search(r"\S@\S|\b0\d{3,4}[ ]?\d{5,6}\b", text)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_printed_page_differs_from_the_page_of_the_file(paper):
    printed = [(at, re.search(r"Page (\d+)\s*$", text)) for at, text in enumerate(pages(paper), 1)]
    numbered = [(at, int(found[1])) for at, found in printed if found]
    assert numbered
    assert all(at != number for at, number in numbered)


@pytest.mark.parametrize("paper", PACKS, ids=lambda paper: paper.stem)
def test_pack_carries_its_items_as_bookmarks_and_its_meeting_as_title(paper):
    document = pypdfium2.PdfDocument(paper)
    titles = [entry.get_title() for entry in document.get_toc() if entry.level == 0]
    assert titles
    assert all(re.match(r"\d+ \w", title) for title in titles)
    named = document.get_metadata_value("Title")
    assert re.fullmatch(r"\(Public Pack\).+ for .+, \d\d/\d\d/\d{4} \d\d:\d\d", named)


def test_every_quote_stands_on_the_page_that_its_case_names():
    missing = [
        (case.id, evidence.quote)
        for case in cases()
        for evidence in case.evidence
        if not stands_on(evidence.quote, pages(CORPUS / evidence.paper)[evidence.page - 1])
    ]
    assert missing == []


def test_questions_are_of_every_kind_and_each_id_is_used_once():
    kinds = Counter(case.kind for case in cases())
    assert len(cases()) >= 90
    assert set(kinds) == set(Kind)
    assert kinds[Kind.UNANSWERABLE] >= 14
    assert kinds[Kind.FOLLOWUP] >= 18
    assert len({case.id for case in cases()}) == len(cases())


def test_follow_ups_have_turns_before_them():
    assert all(case.history for case in cases() if case.kind is Kind.FOLLOWUP)


def test_a_question_has_its_newest_figure_in_the_supplement():
    asked = [
        case for case in cases() for evidence in case.evidence if "supplement" in evidence.paper
    ]
    assert any(case.kind is Kind.FIGURE for case in asked)
