"""Charts, the question as understood, and the papers looked in, in a real Chromium."""

import csv
import re

import pytest
from browsing import ANSWERED, CHARTED, CHROMIUM, ask, settle
from test_browser_councillor import save, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; run: apt-get install chromium"),
]


def look_only_in(page, **chosen):
    page.locator("#choose details:not([open]) summary").click()
    for name, value in chosen.items():
        field = page.locator(f'#choose [name="{name}"]')
        field.select_option(value) if name != "since" else field.fill(value)
    page.click("#choose [type=submit]")
    page.wait_for_selector("#scoped-to .chip")


def test_a_trend_is_drawn_above_its_values_each_with_its_source(page):
    series = ask(page, CHARTED).locator(".series")
    assert "from 412 (2019) to 389 (2021)" in series.locator("img:visible").get_attribute("alt")
    assert page.evaluate("document.querySelector('.chart.by-day').naturalWidth") > 100
    series.locator("td a.cite").first.press("Enter")
    page.wait_for_selector("details.citation[open] mark")


@pytest.mark.parametrize(("scheme", "shown"), [("light", "by-day"), ("dark", "by-night")])
def test_the_chart_has_the_colours_of_the_page(page, scheme, shown):
    page.emulate_media(color_scheme=scheme)
    page.reload()
    page.wait_for_selector("#examples button:visible")
    drawn = ask(page, CHARTED).locator(".chart:visible")
    assert shown in drawn.get_attribute("class") and drawn.count() == 1


def test_the_data_is_saved_without_formulas(page, tmp_path):
    turn = ask(page, "Compare moorings let in Brackwater and Saltmarsh Quay")
    with page.expect_download() as saving:
        turn.locator('[data-do="csv"]').click()
    saving.value.save_as(tmp_path / "figures.csv")
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as opened:
        heads, *rows = csv.reader(opened)
    assert {row[heads.index("value")] for row in rows} >= {"412", "389"}
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_a_part_of_the_question_is_removed_by_keyboard(page):
    turn = ask(page, "How many moorings were let in Brackwater in 2020?")
    turn.get_by_role("button", name="Remove Period: 2020").press("Enter")
    settle(page, 2)
    assert page.locator(".turn .question").last.inner_text().endswith("let in Brackwater?")
    page.wait_for_function("document.activeElement.textContent.includes('How many')")


def test_a_part_of_the_question_is_changed(page):
    turn = ask(page, "How many moorings were let in Brackwater in 2020?")
    turn.locator(".change summary").click()
    turn.get_by_role("textbox", name="Period").fill("2021")
    turn.get_by_role("button", name="Ask again").click()
    settle(page, 2)
    assert page.locator(".turn .question").last.inner_text().endswith("in 2021?")
    assert "389" in page.locator(".turn .answer").last.inner_text()


def test_a_scope_is_kept_and_narrows_the_list_until_it_is_removed(page):
    look_only_in(page, committee="Harbours Committee")
    assert "1 paper" in page.inner_text("#scoped-to")
    page.wait_for_function("document.querySelectorAll('.meeting').length == 1")
    turn = ask(page, ANSWERED)
    assert "214" not in turn.inner_text().split("Nearest")[0]
    page.locator("#scoped-to .chip button").press("Enter")
    page.wait_for_function("!document.querySelector('#scoped-to .chip')")
    page.wait_for_function("document.querySelectorAll('.meeting').length == 4")
    page.wait_for_function("document.activeElement.tagName == 'SUMMARY'")
    assert "214 otters" in ask(page, ANSWERED, turns=2).inner_text()


def test_words_set_a_scope_that_is_shown_as_a_chip(page):
    ask(page, "only the Harbours Committee: how many moorings were let in Brackwater in 2021?")
    assert "Harbours Committee" in page.inner_text("#scoped-to")


def test_dates_narrow_the_papers(page):
    look_only_in(page, since="2023-01-01")
    assert "since 1 January 2023" in page.inner_text("#scoped-to")
    page.wait_for_function("document.querySelectorAll('.meeting').length == 1")


def test_a_link_to_an_answer_carries_the_scope(page, address):
    look_only_in(page, committee="Harbours Committee")
    link = ask(page, ANSWERED).locator(".turntools").last.get_attribute("data-link")
    page.goto(f"{address}/{link}")
    settle(page, 1)
    assert "Harbours Committee" in page.inner_text("#scoped-to")


def test_the_papers_line_stays_in_view_while_papers_are_chosen(page):
    look_only_in(page, committee="Harbours Committee")
    ask(page, CHARTED)
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(300)
    assert 0 <= page.locator(".papers-line").bounding_box()["y"] < 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_charts_and_chips(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.reload()
    page.wait_for_selector("#examples button:visible")
    ask(page, CHARTED).locator(".change summary").click()
    look_only_in(page, committee="Harbours Committee")
    page.locator("#choose summary").click()
    assert violations(page) == []


def test_charts_chips_and_controls_fit_on_a_phone(page):
    page.set_viewport_size({"width": 320, "height": 640})
    ask(page, CHARTED).locator(".change summary").click()
    look_only_in(page, committee="Harbours Committee")
    page.locator("#choose summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in page.locator(".chip button:visible, .series button:visible").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_hostile_labels_are_words_in_the_table_of_a_chart(page):
    turn = ask(page, "Compare moorings let in Brackwater and Saltmarsh Quay")
    assert "<b>Quay</b>" in turn.locator(".series").inner_text()
    assert turn.locator(".series b, .series script").count() == 0 and page.dialogs == []
    assert not re.search("[\u202a-\u202e]", turn.locator(".series table").inner_text())


PACKET = (
    "<img src=x onerror=window.harmed=5> otters?",
    "=HYPERLINK('//elsewhere.example') otters?",
    "\u202egnidaer morf thgir\u202c otters \u0627\u0644\u0633\u0644\u0627\u0645?",
    "${alert(1)} {{constructor}} `otters`?",
    "]]> --> */ </script><script>window.harmed=6</script> otters?",
)


def test_a_packet_of_hostile_questions_is_shown_and_not_run(page, tmp_path):
    for number, question in enumerate(PACKET, 1):
        turn = ask(page, question, turns=number)
        assert turn.locator("script, img[src=x]").count() == 0
    page.fill("#question textarea", "otters " * 3_000)  # 21,000 characters
    page.click("#go")
    page.wait_for_selector("#slip .note")
    assert page.evaluate("window.harmed") is None and page.dialogs == []
    assert page.hosts == {"127.0.0.1"}
    for form in ("word", "pdf", "markdown"):
        assert save(page, form, tmp_path).stat().st_size > 100


def test_what_is_far_too_long_to_be_sent_is_told_how_long_it_may_be(page):
    page.fill("#question textarea", "otters " * 50_000)
    page.click("#go")
    page.wait_for_selector("#slip .note:visible")
    assert "350,000 characters" in page.inner_text("#slip")
    assert "at most 2,000" in page.inner_text("#slip")
    assert len(page.input_value("#question textarea")) == 350_000
