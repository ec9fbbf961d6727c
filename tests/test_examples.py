from datetime import date

from assistant.answers import Answer, Citation, Refusal
from assistant.evidence import Evidence
from assistant.examples import MOST_OF_A_WAY, examples
from assistant.papers import Kind, PaperRecord
from assistant.passages import Passage, Place


def paper(path, day):
    return PaperRecord(path, path, path, "report", "Fenshire", "Cabinet", day, 9)


OLD, NEW = paper("old.pdf", date(2020, 1, 9)), paper("new.pdf", date(2024, 1, 9))


def passage(key, text, record=NEW, kind=Kind.PARAGRAPH, **beside):
    return Passage(key, record.path, kind, text, (Place(0, 1, "", None),), **beside)


def asked(*passages, answers=True):
    """The examples of these passages, where a question cites the passage that has its words."""

    def passages_of(record):
        return [passage for passage in passages if passage.paper == record.path]

    def ask(question):
        if not answers:
            return Refusal("No.")
        best = max(passages, key=lambda p: sum(word in question for word in p.text.split()))
        return Answer("Yes. [1]", (Citation(1, Evidence(best, 0, 1), NEW),))

    return examples([OLD, NEW], passages_of, ask)


def test_a_share_in_a_sentence_becomes_a_question():
    text = "Some 45% of bus drivers were trained in first aid."
    assert asked(passage(0, text)) == ["What percentage of bus drivers were trained in first aid?"]


def test_a_table_row_with_a_percentage_is_asked_for_by_name_and_year():
    cells = ("Residents who feel safe outdoors", "61%")
    row = passage(
        0, " | ".join(cells), kind=Kind.TABLE_ROW, cells=cells, heads=("", "Fenshire > 2023")
    )
    assert asked(row) == ["What is the figure for “Residents who feel safe outdoors” in 2023?"]


def test_a_minute_is_asked_about_and_a_routine_one_is_not():
    minute, routine = (
        passage(n, "Resolved: that it stays.", kind=Kind.MINUTE, trail=(heading,))
        for n, heading in enumerate(["12. Market square", "13. Apologies for absence"])
    )
    assert asked(minute, routine) == ["What was decided about Market square?"]


def test_questions_that_are_not_answered_are_left_out():
    assert asked(passage(0, "45% of drivers were trained."), answers=False) == []


def test_the_newest_paper_comes_first():
    old = passage(0, "Some 5% of tram drivers were ill.", record=OLD)
    new = passage(1, "Some 7% of taxi firms were closed.")
    assert asked(old, new)[0].startswith("What percentage of taxi firms")


def test_no_way_of_asking_fills_the_page():
    many = [
        passage(n, f"Some 5% of {name} were closed.", title=name)
        for n, name in enumerate(["banks", "shops", "schools", "farms"])
    ]
    assert len(asked(*many)) == MOST_OF_A_WAY


def test_at_most_one_short_form_is_shown_and_after_all_others():
    forms = [
        passage(n, f"{name} ({short}) met: {short} agreed.", title=name)
        for n, (name, short) in enumerate(
            [("Harbour Pilots Board", "HPB"), ("Quay Repair Fund", "QRF")]
        )
    ]
    share = passage(2, "Some 45% of bus drivers were trained in first aid.")
    assert [one.split()[1] for one in asked(*forms, share)] == ["percentage", "does"]


def test_a_row_of_years_is_asked_for_its_change_and_one_of_names_is_not():
    cells = ("Boats in the harbour", "41", "38", "30")
    years, names = (
        passage(n, " | ".join(cells), kind=Kind.TABLE_ROW, cells=cells, heads=("", *heads))
        for n, heads in enumerate([("2021", "2022/23", "March 2024"), ("East", "West", "2024")])
    )
    assert asked(years) == ["How has “Boats in the harbour” changed since 2021?"]
    assert asked(names) == []


def test_what_a_proposal_means_for_money_is_asked_by_the_name_of_its_report():
    section = passage(
        0, "None.", title="Repair of the quay", trail=("1. Report", "6. Financial Implications")
    )
    assert asked(section) == ["What are the financial implications of Repair of the quay?"]


def test_who_holds_a_post_is_asked_and_who_wrote_a_paper_is_not():
    member = passage(0, "Wren Ashby, Cabinet Member for Harbours")
    author = passage(1, "Report Author: Corin Vale")
    assert asked(member, author) == ["Who is the Cabinet Member for Harbours?"]
