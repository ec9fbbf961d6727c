from datetime import date

import pytest
from making import make_passage, make_record

from assistant.answers import Refusal
from assistant.naming import documents_of, named_in

OLD, NEW = date(2018, 7, 9), date(2024, 10, 24)
RECORDS = [
    make_record("quay.md", title="Agenda pack", meeting_date=NEW),
    make_record("books.md", title="Library plan", committee="Libraries Panel", meeting_date=OLD),
]
PASSAGES = [
    make_passage("a", key=0, paper="quay.md", title="Dredging strategy", meeting_date=NEW),
    make_passage("b", key=1, paper="quay.md", title="Annex", type="appendix", meeting_date=NEW),
    make_passage("c", key=2, paper="quay.md", title="Ferry fares review", meeting_date=NEW),
    make_passage("d", key=3, paper="books.md", title="Library plan", meeting_date=OLD),
]
DOCUMENTS = documents_of(PASSAGES, RECORDS)


def keys(question):
    named = named_in(question, DOCUMENTS, OLD, NEW)
    return None if named is None else sorted(named.keys)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What is planned in the October 2024 papers?", [0, 1, 2]),
        ("What does it cost in the dredging strategy?", [0, 1]),
        ("How much is it (July 2018 report)?", [3]),
        ("What was said at the October 2024 ferry fares meeting?", [2]),
        ("What was agreed at the July 2018 panel meeting?", [3]),
        ("What does it cost in that October 2024 report?", [0, 1, 2]),
        ("What does CQC stand for on the fares page of the July 2018 pack?", [3]),
        ("Does the July 2018 report flag a risk?", [3]),
        ("What are the recommendations of the ferry fares report?", [2]),
        ("How is it put by the 2024-27 dredging strategy?", [0, 1]),
        ("What changed in October 2024, per the library plan papers?", [3]),
    ],
)
def test_a_paper_named_by_its_date_or_title_is_asked_of_alone(question, found):
    assert keys(question) == found


@pytest.mark.parametrize(
    "question",
    [
        "What does the report say?",
        "What does it cost in that dredging strategy?",
        "How much is in the budget report?",
        "What has changed since the July 2018 report?",
        "Is it more in the July 2018 report than in the October 2024 report?",
        "What are the aims of the dredging strategy?",
        "Who runs the Dredging strategy board in the Dredging strategy board?",
    ],
)
def test_words_that_tell_no_paper_from_the_others_name_none(question):
    assert keys(question) is None


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What was agreed in the January 2025 minutes?", [0]),
        ("What did the January 2025 tolls report propose?", [1]),
        ("What stands in the January 2025 tolls appendix?", [2]),
    ],
)
def test_a_file_is_known_by_its_month_and_its_kind(question, found):
    paths = ("Printed minutes 30th-Jan-2025.md", "Tolls - Jan 2025.md", "Appendix-JAN 2025.md")
    records = [make_record(path, title="Harbour tolls") for path in paths]
    passages = [make_passage("a", key=at, paper=path) for at, path in enumerate(paths)]
    named = named_in(question, documents_of(passages, records), OLD, NEW)
    assert sorted(named.keys) == found


def test_a_month_outside_of_the_papers_days_is_of_no_paper():
    assert keys("What was agreed at the May 2031 meeting?") == []
    assert keys("What was agreed at the May 2019 meeting?") is None


def test_a_paper_that_is_not_here_is_said_so_with_the_days_of_those_that_are(assistant):
    reply = assistant.ask("How many moorings were let, in the May 2031 report?")
    assert isinstance(reply, Refusal)
    assert "“the May 2031 report”" in reply.text and "9 July 2018" in reply.text


def test_a_question_of_a_named_paper_finds_nothing_in_the_others(assistant):
    found = assistant.search("How many books were lent, in the October 2024 report?")
    assert {hit.passage.paper for hit in found.hits} == {"harbour.md"}
