"""What the page's controls send, and what is made of it."""

import json
from datetime import date
from pathlib import Path

import pytest
from making import make_record

from assistant.page.chips import readings, scope_chips, scope_form, understood_chips
from assistant.page.wishes import Wish, read_scope, read_wish, scope_fields
from assistant.questions import LONGEST
from assistant.scope import Scope
from assistant.understood import Understood

RECORDS = [make_record(), make_record("b.pdf", committee="Cabinet", title="Quays")]
HOSTILE = '"><script>alert(1)</script> ${x}'


def wish(**said):
    return read_wish(json.dumps(said), RECORDS)


def test_a_turn_is_asked_again_with_parts_changed_and_no_others():
    assert wish(do="again", turn=2, parts={"period": " 2024 ", "x": "y", "area": 3}) == Wish(
        turn=2, parts={"period": "2024"}
    )


@pytest.mark.parametrize(
    "sent",
    ["", "[]", "null", "[" * 9000, '{"do": "x"}', '{"do": "ask"}', '{"do": "again", "turn": "1"}'],
)
def test_what_is_no_wish_does_nothing(sent):
    assert read_wish(sent, RECORDS) is None


def test_a_scope_takes_only_what_the_papers_have():
    said = {"committee": "Cabinet", "paper": HOSTILE, "since": "2024-13-01", "until": "2024-05-01"}
    assert wish(do="scope", **said).scope == Scope("Cabinet", until=date(2024, 5, 1))


def test_a_meeting_is_its_body_and_its_day():
    day = date(2024, 10, 24)
    found = read_scope({"meeting": "2024-10-24 Harbours Committee"}, RECORDS)
    assert found == Scope("Harbours Committee", since=day, until=day)


def test_a_scope_is_read_as_it_was_written():
    scope = Scope("Cabinet", frozenset({"2018"}), frozenset({"2019-05"}), "Quays", None, date.max)
    assert read_scope(scope_fields(scope), RECORDS) == scope


def test_a_kind_of_paper_is_chosen_shown_and_removed():
    chosen = read_scope({"kind": "minutes"}, RECORDS)
    assert chosen == Scope(kind="minutes") == read_scope(scope_fields(chosen), RECORDS)
    assert 'aria-label="Remove minutes"' in scope_chips(chosen, 1)
    assert '<option value="report">reports</option>' in scope_form(RECORDS, Scope())
    assert read_scope({"kind": "<b>"}, RECORDS) == Scope()


def test_each_part_of_a_scope_is_a_chip_that_removes_it_alone():
    shown = scope_chips(Scope("Cabinet", since=date(2024, 5, 1)), 1)
    assert "1 paper)" in shown and 'aria-label="Remove since 1 May 2024"' in shown
    assert shown.count("data-wish") == 2 and scope_chips(Scope(), 9) == ""


def test_each_part_of_a_question_but_its_matter_can_be_removed():
    shown = understood_chips(Understood("dues", area="Bay", period="2023", scope="Cabinet"), 1)
    for name in ("Area: Bay", "Period: 2023", "Only in: Cabinet"):
        assert f'aria-label="Remove {name}"' in shown
    assert "Remove Matter" not in shown


def test_hostile_words_add_no_tag_to_chips_or_controls():
    def tags(word):
        records = [make_record(title=word, committee=word)]
        parts = Understood(word, area=word, scope=word)
        shown = scope_form(records, Scope(paper=word)), scope_chips(Scope(word), 1)
        return "".join((*shown, understood_chips(parts, 1), readings([word]))).count("<")

    assert tags(HOSTILE) == tags("word")


def test_other_readings_are_buttons_that_ask_them():
    shown = readings(["How many in 2023?"])
    assert ">How many in 2023?</button>" in shown and readings([]) == ""
    assert wish(do="ask", question="How many in 2023?") == Wish(question="How many in 2023?")


def test_the_page_tells_the_length_that_a_question_may_have():
    script = Path("assistant/page/page.js").read_text("utf-8")
    assert f"const LONGEST = {LONGEST};" in script
