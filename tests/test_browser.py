"""The page in a real Chromium, over an index of two sample papers and a hostile one."""

from urllib.parse import urlsplit

import pytest
from browsing import ANSWERED, CHROMIUM, ask, served, settle

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; run: apt-get install chromium"),
]


def test_a_first_visit_shows_which_papers_are_in(page):
    assert page.inner_text(".papers-line") == "Papers up to 3 March 2023 (4 indexed)"
    page.locator(".meeting summary").first.click()
    assert page.locator(".meeting[open] a").first.get_attribute("href").startswith("paper?path=")


def test_the_page_is_as_wide_before_the_first_answer_as_after_it(page):
    width = page.locator("#ask").bounding_box()["width"]
    assert width > 700
    ask(page, ANSWERED)
    assert page.locator("#ask").bounding_box()["width"] == width


def test_the_page_speaks_british_english(page):
    assert page.evaluate("document.documentElement.lang") == "en-GB"


def test_enter_asks_and_the_answer_says_where_it_stands(page):
    turn = ask(page, ANSWERED)
    assert "214 otters" in turn.locator(".answer").inner_text()
    assert "3 March 2023" in turn.locator(".answer a.cite").first.text_content()
    assert "214 otters" in page.inner_text("[aria-live=polite]")


def test_a_citation_opens_by_keyboard_to_the_marked_passage(page):
    summary = ask(page, ANSWERED).locator(".citation summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert "214 otters" in page.locator("details[open] mark").first.inner_text()


def test_a_mark_in_the_answer_opens_its_citation(page):
    ask(page, ANSWERED).locator("a.cite").first.press("Enter")
    page.wait_for_selector("details.citation[open] mark")


def test_an_example_is_asked_by_a_click_and_answered(page):
    example = page.locator("#examples button:visible").first
    question = example.inner_text()
    example.click()
    settle(page, 1)
    assert page.inner_text(".turn .question").endswith(question)
    assert page.locator(".turn .answer").count() == 1


def test_a_follow_up_stands_under_what_was_asked_before(page):
    ask(page, ANSWERED)
    ask(page, "And beavers?", turns=2)
    assert page.locator(".turn .question").nth(0).inner_text().endswith(ANSWERED)


def test_a_new_conversation_forgets_the_old_one(page):
    ask(page, ANSWERED)
    page.click("#again")
    settle(page, 0)
    ask(page, ANSWERED)


def test_no_visitor_sees_what_another_asked(page, chromium, address):
    ask(page, ANSWERED)
    other = chromium.new_page()
    other.goto(address)
    other.wait_for_selector("#examples button:visible")
    assert other.locator(".turn").count() == 0
    other.close()


def test_a_hostile_question_is_shown_and_not_run(page):
    question = "<script>window.harmed=3</script><img src=x onerror=window.harmed=4> ${alert(1)}"
    turn = ask(page, question)
    assert turn.locator(".question").inner_text().endswith(question)
    assert turn.locator("script, img").count() == 0
    assert page.evaluate("window.harmed") is None and page.dialogs == []


def test_a_hostile_paper_is_shown_and_not_run(page):
    turn = ask(page, ANSWERED)
    turn.locator(".citation summary").first.click()
    assert "onerror=" in turn.locator(".citation").first.inner_text()
    assert turn.locator("script, img, b").count() == 0
    assert page.evaluate("window.harmed") is None and page.dialogs == []


def test_what_the_papers_do_not_hold_is_refused_in_another_look(page):
    turn = ask(page, "Who won the football world cup of 1966?")
    assert turn.locator(".note.refusal").count() == 1 and turn.locator(".answer").count() == 0


def test_a_question_too_long_is_explained_and_kept_to_be_mended(page):
    page.fill("#question textarea", "why " * 4000)
    page.click("#go")
    page.wait_for_selector("#slip .note")
    assert "characters" in page.inner_text("#slip")
    assert page.input_value("#question textarea").startswith("why")


def test_an_empty_question_is_answered_with_a_hint(page):
    page.click("#go")
    page.wait_for_selector("#slip .note")
    assert page.locator(".turn").count() == 0


def test_nothing_is_asked_of_another_machine(page):
    ask(page, ANSWERED).locator(".citation summary").first.click()
    assert page.hosts == {"127.0.0.1"}


def test_the_button_rests_while_an_answer_is_sought(page):
    page.evaluate(
        "new MutationObserver(() => { window.rested ||= !!document.querySelector('.working')"
        " && document.querySelector('#go').disabled })"
        ".observe(document.body, {subtree: true, childList: true, attributes: true})"
    )
    ask(page, ANSWERED)
    assert page.evaluate("window.rested") and page.locator("#go").is_enabled()


# The words on the page whose contrast with what they stand on is below 4.5, by the formula of
# the Web Content Accessibility Guidelines.
FAINT = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number)
  const light = colour => parts(colour).slice(0, 3)
    .map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0)
  const ground = node => (parts(getComputedStyle(node).backgroundColor)[3] ?? 1) > 0.99
    ? getComputedStyle(node).backgroundColor : ground(node.parentElement)
  const ratio = node => {
    const [one, other] = [light(getComputedStyle(node).color), light(ground(node))]
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
  }
  return [...document.querySelectorAll('main *')]
    .filter(node => [...node.childNodes].some(n => n.nodeType == 3 && n.textContent.trim()))
    .filter(node => node.checkVisibility() && !node.closest('.unseen') && ratio(node) < 4.5)
    .map(node => node.textContent.slice(0, 40))
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.reload()
    page.wait_for_selector("#examples button:visible")
    ask(page, ANSWERED).locator(".citation summary").first.click()
    ask(page, "Who won the football world cup of 1966?", turns=2)
    assert page.evaluate(FAINT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scroll(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    ask(page, ANSWERED).locator(".citation summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_papers_line_stays_in_view(page):
    page.set_viewport_size({"width": 320, "height": 480})
    ask(page, ANSWERED)
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(300)
    assert 0 <= page.locator(".papers-line").bounding_box()["y"] < 100


def test_every_button_and_fold_is_large_enough_to_hit(page):
    turn = ask(page, ANSWERED)
    for target in [
        *turn.locator("summary:visible, a:visible").all(),
        *page.locator("button:visible").all(),
    ]:
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_without_an_index_the_page_opens_and_says_what_to_run(chromium, tmp_path):
    with served(tmp_path / "none") as address:
        page = chromium.new_page()
        page.goto(address)
        page.wait_for_selector(".note.missing", timeout=60_000)
        assert "assistant index" in page.inner_text(".note.missing code")
        page.close()


def test_a_busy_port_is_passed_over(browsed_index, address):
    with served(browsed_index) as other:
        assert urlsplit(other).port > urlsplit(address).port
