"""Every state of the page in a real Chromium: axe, contrast, a narrow screen, the keyboard."""

import pytest
from browsing import ANSWERED, CHARTED, CHROMIUM, ask, served, settle
from test_browser import FAINT
from test_browser_councillor import OF_A_PDF, REFUSED, drawn, violations

ANSWERING = "**/gradio_api/run/predict*"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; run: apt-get install chromium"),
]


def amiss(page):
    """What axe finds serious, words too faint, and what sticks out of a screen of 320 pixels."""
    found = [*violations(page), *page.evaluate(FAINT)]
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found.append("scrolls sideways")
    page.set_viewport_size(size)
    return found


@pytest.fixture(params=["light", "dark"])
def seen(page, request):
    page.emulate_media(color_scheme=request.param)
    page.reload()
    page.wait_for_selector("#examples button:visible")
    return page


def begin(page, question):
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def test_an_empty_page_and_its_controls_are_sound(seen):
    seen.locator(".meeting summary").first.click()
    seen.locator("#choose summary").click()
    assert amiss(seen) == []


def test_a_page_that_answers_is_sound(seen):
    held = []
    seen.route(ANSWERING, lambda route: held.append(route))
    begin(seen, ANSWERED)
    seen.wait_for_selector(".working")
    assert amiss(seen) == []
    held.pop().continue_()
    settle(seen, 1)


def test_an_answer_with_all_that_opens_is_sound(seen):
    turn = ask(seen, OF_A_PDF)
    turn.locator(".citation", has=seen.locator(".pageview")).first.locator("summary").click()
    drawn(seen)
    turn.locator(".tell summary").click()
    turn.locator(".change summary").click()
    for fold in turn.locator(".figures summary").all():
        fold.click()
    assert amiss(seen) == []


def test_a_chart_and_a_refusal_are_sound(seen):
    ask(seen, CHARTED).locator(".citation summary").first.click()
    ask(seen, REFUSED, turns=2).locator(".nearest > summary").click()
    assert amiss(seen) == []


def test_a_question_that_cannot_be_asked_leaves_a_sound_page(seen):
    begin(seen, "why " * 4000)
    seen.wait_for_selector("#slip .note")
    assert amiss(seen) == []


def test_a_server_that_is_gone_is_told_and_the_question_kept(seen):
    seen.route(ANSWERING, lambda route: route.abort("connectionrefused"))
    begin(seen, ANSWERED)
    seen.wait_for_selector("#slip .note")
    assert seen.input_value("#question textarea") == ANSWERED
    assert seen.locator(".working").count() == 0 and seen.locator("#go").is_enabled()
    assert amiss(seen) == []
    seen.unroute(ANSWERING)
    seen.press("#question textarea", "Enter")
    settle(seen, 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("damage", ["none", "damaged"])
def test_without_an_index_that_can_be_opened_the_page_is_sound(chromium, tmp_path, damage, scheme):
    index = tmp_path / "index"
    if damage == "damaged":
        (index / "g-000001").mkdir(parents=True)
        (index / "g-000001" / "manifest.json").write_text("{")
        (index / "current").write_text("g-000001")
    with served(index) as address:
        page = chromium.new_page(color_scheme=scheme)
        page.goto(address)
        page.wait_for_selector(".note.missing", timeout=90_000)
        begin(page, ANSWERED)
        page.wait_for_selector("#slip .note", timeout=90_000)
        assert page.input_value("#question textarea") == ANSWERED
        assert amiss(page) == []
        page.close()


def test_a_finished_answer_is_announced_once(page):
    page.evaluate(
        "window.heard = []; new MutationObserver(() =>"
        " heard.push(document.querySelector('#said').textContent))"
        ".observe(document.querySelector('#said'), {childList: true, characterData: true})"
    )
    ask(page, ANSWERED)
    working, *answers = page.evaluate("window.heard")
    assert working == "Looking in the papers"
    assert len(answers) == 1 and answers[0].startswith("Answer: ") and "214 otters" in answers[0]


def test_who_wants_less_motion_sees_none(page):
    page.emulate_media(reduced_motion="reduce")
    held = []
    page.route(ANSWERING, lambda route: held.append(route))
    begin(page, ANSWERED)
    page.wait_for_selector(".spinner")
    moving = "[...document.querySelectorAll('*')].filter(one => one.checkVisibility() &&"
    moving += " one.getAnimations().some(a => a.playState == 'running')).map(one => one.className)"
    assert page.evaluate(moving) == []
    held.pop().continue_()
    settle(page, 1)


FOCUSED = """() => {
  const one = document.activeElement
  const style = getComputedStyle(one), box = one.getBoundingClientRect()
  const head = document.querySelector('#head').getBoundingClientRect()
  const inHead = document.querySelector('#head').contains(one)
  return [one.outerHTML.slice(0, 90), one == document.body,
    style.outlineStyle != 'none' && parseFloat(style.outlineWidth) >= 2,
    inHead || box.bottom > head.bottom]
}"""


def test_the_focus_is_seen_wherever_the_keyboard_leads(page):
    ask(page, CHARTED).locator(".citation summary").first.click()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    for keys in ("Tab", "Shift+Tab"):
        for _ in range(40):
            page.keyboard.press(keys)
            where, is_none, outlined, uncovered = page.evaluate(FOCUSED)
            assert is_none or (outlined and uncovered), where


def test_what_can_be_ticked_is_drawn(page):
    turn = ask(page, ANSWERED)
    turn.locator("summary", has_text="Not right?").click()
    boxes = turn.locator("[type=radio], [type=checkbox]")
    drawn_as = boxes.evaluate_all("all => all.map(one => getComputedStyle(one).appearance)")
    assert len(drawn_as) > 5 and set(drawn_as) == {"auto"}


def test_questions_typed_faster_than_the_browser_works_are_all_answered_in_order(page):
    asked = [ANSWERED, CHARTED, REFUSED]
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 8})
    page.evaluate(
        """questions => {
          const box = document.querySelector('#question textarea')
          for (const question of questions) {
            box.value = question
            box.dispatchEvent(new Event('input', {bubbles: true}))
            for (const type of ['keydown', 'keypress', 'keyup'])
              box.dispatchEvent(new KeyboardEvent(type, {key: 'Enter', bubbles: true}))
          }
        }""",
        asked,
    )
    settle(page, 3)
    said = page.locator(".turn .question").all_inner_texts()
    assert all(one.endswith(question) for one, question in zip(said, asked, strict=True))


def test_a_question_typed_while_another_is_sought_is_answered_next(page):
    held = []
    page.route(ANSWERING, lambda route: route.continue_() if held else held.append(route))
    begin(page, ANSWERED)
    page.wait_for_selector(".working")
    begin(page, CHARTED)
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    settle(page, 2)
    said = page.locator(".turn .question").all_inner_texts()
    assert said[0].endswith(ANSWERED) and said[1].endswith(CHARTED)


# Where something shows through the head while the page is scrolled below it
THROUGH = """() => {
  const through = new Set()
  for (let down = 0; down < document.documentElement.scrollHeight; down += 8) {
    scrollTo(0, down)
    const head = document.querySelector('#head').getBoundingClientRect()
    for (let y = Math.max(head.top, 0) + 4; y < head.bottom - 4; y += 8)
      for (let x = head.left + 4; x < head.right; x += 40) {
        const met = document.elementFromPoint(x, y)
        if (!met.closest('#head')) through.add(met.outerHTML.slice(0, 80))
      }
  }
  return [...through]
}"""


def test_nothing_shows_through_the_head(page):
    ask(page, ANSWERED)
    page.set_viewport_size({"width": 800, "height": 300})
    assert page.evaluate(THROUGH) == []


def test_what_the_browser_draws_itself_is_dark_on_a_dark_page(page):
    page.emulate_media(color_scheme="dark")
    page.reload()
    page.locator("#choose summary").click()
    day = page.locator("#choose input[type=date]").first
    assert day.evaluate("day => getComputedStyle(day).colorScheme") == "dark"


def test_the_buttons_of_a_form_stand_in_line(page):
    page.set_viewport_size({"width": 1000, "height": 800})
    page.locator("#choose summary").click()
    boxes = [one.bounding_box() for one in page.locator("#choose form button").all()]
    assert len({box["y"] + box["height"] for box in boxes}) == 1
