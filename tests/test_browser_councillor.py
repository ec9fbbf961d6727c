"""What a councillor does with an answer, in a real Chromium, and what axe-core says of it."""

import json
import re

import docx
import pypdfium2
import pytest
from browsing import ANSWERED, CHARTED, CHROMIUM, ask, settle

OF_A_PDF = "What does RSC stand for?"
REFUSED = "Who won the football world cup of 1966?"
SERIOUS = ("serious", "critical")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; run: apt-get install chromium"),
]


def open_citation(page):
    """Asks what a PDF answers and opens the first citation that has a page, drawn."""
    turn = ask(page, OF_A_PDF)
    citation = turn.locator(".citation", has=page.locator(".pageview")).first
    citation.locator("summary").click()
    drawn(page)
    return citation


def drawn(page):
    page.wait_for_function(
        "[...document.querySelectorAll('.citation[open] .pageview')].every(view =>"
        " view.querySelector('img').naturalWidth && !view.matches('.loading, .failed'))"
    )


def violations(page):
    """What axe-core finds serious or critical in the page as it is."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    return [
        (one["id"], [node["html"][:160] for node in one["nodes"]])
        for one in found
        if one["impact"] in SERIOUS
    ]


def test_a_citation_shows_the_page_as_printed(page):
    citation = open_citation(page)
    assert re.search(r"PDF page \d+ of \d+", citation.locator("figcaption").inner_text())
    link = citation.locator(".tools a").get_attribute("href")
    assert re.search(r"#page=\d+$", link)


def test_the_next_page_and_the_one_before_are_shown(page):
    citation = open_citation(page)
    first = citation.locator("figcaption").inner_text()
    turned = citation.locator("[data-turn]:enabled").first
    back = "1" if turned.get_attribute("data-turn") == "-1" else "-1"
    turned.click()
    drawn(page)
    page.wait_for_function(
        "old => document.querySelector('.citation[open] figcaption').textContent != old", arg=first
    )
    citation.locator(f'[data-turn="{back}"]').click()
    drawn(page)
    page.wait_for_function(
        "old => document.querySelector('.citation[open] figcaption').textContent == old", arg=first
    )


def test_a_page_is_made_larger_in_its_own_window(page):
    page.set_viewport_size({"width": 320, "height": 640})
    citation = open_citation(page)
    width = citation.locator("img").bounding_box()["width"]
    citation.locator('[data-zoom="1"]').click()
    drawn(page)
    assert citation.locator("img").bounding_box()["width"] > 1.4 * width
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_file_of_a_paper_is_handed_out_and_no_other(page, address):
    link = open_citation(page).locator(".tools a").get_attribute("href")
    got = page.request.get(f"{address}/{link}")
    assert got.headers["content-type"] == "application/pdf" and got.body()[:4] == b"%PDF"
    for path in ("../index/current", "/etc/passwd", "papers.yaml"):
        assert page.request.get(f"{address}/paper?path={path}").status == 404


def test_a_link_to_an_answer_gives_it_again(page, address):
    link = ask(page, ANSWERED).locator(".turntools").get_attribute("data-link")
    page.goto(f"{address}/{link}")
    settle(page, 1)
    assert "214 otters" in page.inner_text(".turn .answer")


def save(page, form, folder):
    with page.expect_download() as saving:
        page.click(f"#{form}")
    saving.value.save_as(folder / saving.value.suggested_filename)
    return folder / saving.value.suggested_filename


def test_a_conversation_is_saved_as_word_pdf_and_markdown(page, tmp_path):
    ask(page, OF_A_PDF)
    ask(page, CHARTED, turns=2)
    word = docx.Document(save(page, "word", tmp_path))
    pdf = pypdfium2.PdfDocument(save(page, "pdf", tmp_path))
    markdown = save(page, "markdown", tmp_path).read_text("utf-8")
    said = "\n".join(one.get_textpage().get_text_range() for one in pdf)
    assert len(word.inline_shapes) >= 2  # the chart, and the page as printed
    assert len(word.tables) == 1 and "412" in said and "| 2019 | 412" in markdown


def test_a_turn_is_left_out_of_the_saved_file(page, tmp_path):
    ask(page, ANSWERED)
    page.locator(".chosen").first.set_checked(False)
    ask(page, CHARTED, turns=2)
    assert not page.locator(".chosen").first.is_checked()
    markdown = save(page, "markdown", tmp_path).read_text("utf-8")
    assert "214 otters" not in markdown and "412" in markdown


def test_a_report_is_kept_with_the_question_only_if_it_is_ticked(page, browsed_index):
    turn = ask(page, ANSWERED)
    for ticked in (False, True):
        turn.locator(".tell summary").click()
        turn.locator('input[value="other"]').check()
        turn.locator('input[name="asked"]').set_checked(ticked)
        with page.expect_response("**/feedback") as sent:
            turn.locator(".tell button").click()
        assert sent.value.ok
    kept = (browsed_index / "feedback.jsonl").read_text("utf-8").splitlines()[-2:]
    assert [json.loads(line)["question"] for line in kept] == ["", ANSWERED]


def test_it_can_be_used_by_keyboard_alone(page):
    page.focus("#question textarea")
    page.keyboard.type(OF_A_PDF)
    page.keyboard.press("Enter")
    settle(page, 1)
    seen = set()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate("(e => [e.className, e.id, e.tagName].join(' '))(document.activeElement)")
        )
    for part in ("cite", "SUMMARY", "word", "pdf", "markdown", "again", "TEXTAREA"):
        assert any(part in one for one in seen), part


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.reload()
    page.wait_for_selector("#examples button:visible")
    assert violations(page) == []
    open_citation(page)
    page.locator(".tell summary").first.click()
    assert violations(page) == []
    ask(page, REFUSED, turns=2)
    page.locator(".nearest summary").first.click()
    assert violations(page) == []


@pytest.mark.parametrize("statement", ["accessibility", "transparency"])
def test_axe_finds_nothing_serious_in_the_statements(page, address, statement):
    page.click(f'.footer a[href="{statement}"]')
    page.wait_for_url(f"{address}/{statement}")
    assert violations(page) == []


def test_on_paper_the_sources_are_unfolded_and_the_buttons_gone(page):
    ask(page, ANSWERED)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".citation[open] mark").first.is_visible()
    assert not page.locator("#ask").is_visible() and not page.locator(".turntools").is_visible()
