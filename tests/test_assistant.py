"""The one door: questions and rows in, replies out."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from making import WordEmbedder

from assistant.answers import Answer, Refusal, plain
from assistant.assistant import Assistant, read_row
from assistant.conversation import Turn
from assistant.errors import IndexUnusable, QuestionInvalid
from assistant.evidence import numbers_in
from evals.cases import Kind, read_cases
from evals.suites import EVALS, batch_row

SAMPLE_CASES = EVALS / "sample.yaml"

FIELDS = [
    "id",
    "answer",
    "refused",
    "citations",
    "figures",
    "worked_out",
    "readings",
    "understood",
    "milliseconds",
]
QUESTIONS = [
    "How many moorings were let in Brackwater in 2023-24?",
    "What is the committee asked to do about the new tariff for visiting yachts?",
    "Who chairs the friends of the Thornmere branch?",
    "How much does the PBR hold?",
    "villages 2017-18",
    "What is the best recipe for lasagne?",
    "zzz qqq xxx",
]


def test_a_missing_index_is_refused_with_the_command_to_run(tmp_path, without_model):
    with pytest.raises(IndexUnusable, match="assistant index"):
        Assistant.open(tmp_path / "none")


def test_an_assistant_opens_the_index_of_its_own_model_only(small_index, without_model):
    assert Assistant.open(small_index).index.manifest.model == WordEmbedder.name


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_reply_is_cited_from_the_papers_or_a_refusal(assistant, question):
    reply = assistant.ask(question)
    assert isinstance(reply, Answer | Refusal)
    cited = reply.citations if isinstance(reply, Answer) else reply.nearest
    for citation in cited:
        (passage,) = assistant.index.store.get([citation.evidence.passage.key])
        assert citation.evidence.text in passage.text
        assert citation.record == assistant.index.store.records[passage.paper]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_number_of_a_reply_stands_in_its_citations(assistant, question):
    row = assistant.answer_row({"id": "a", "question": question})
    held = {n for c in row["citations"] for n in numbers_in(f"{c['quote']} {c['heading']}")}
    marks = {str(c["number"]) for c in row["citations"]}
    if not row["refused"]:
        assert set(numbers_in(row["answer"])) <= held | marks
        assert all(
            f["text"] in row["citations"][f["citation"] - 1]["quote"] for f in row["figures"]
        )


@pytest.mark.parametrize("question", QUESTIONS[:4])
def test_the_passage_that_holds_the_words_asked_for_is_found(assistant, question):
    hits = assistant.search(question).hits
    wanted = ("Brackwater", "visiting yachts", "Thornmere", "PBR")[QUESTIONS.index(question)]
    assert any(wanted in hit.passage.text for hit in hits[:3])


def test_a_question_that_is_not_about_the_papers_is_refused_with_the_date_searched_up_to(assistant):
    reply = assistant.ask("What is the best recipe for lasagne?")
    assert isinstance(reply, Refusal)
    assert "24 October 2024" in reply.text
    assert len(reply.nearest) <= 3


@pytest.mark.parametrize("typed", ["harbour dues", "habrour dues", "harbour deus", "HARBOUR  DUES"])
def test_a_search_survives_slips_of_the_keyboard(assistant, typed):
    hits = assistant.search(f"review of {typed}").hits
    assert hits[0].passage.paper == "harbour.md"


def test_hits_come_best_first_each_once_and_no_more_than_asked_for(assistant):
    hits = assistant.search("moorings in Brackwater", limit=5).hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.key for hit in hits}) == len(hits) <= 5


@pytest.mark.parametrize("question", ["", " \n", "?" * 9, "why " * 5_000])
def test_a_question_that_cannot_be_asked_is_an_error(assistant, question):
    with pytest.raises(QuestionInvalid):
        assistant.ask(question)


def test_asking_twice_gives_the_same_reply(assistant):
    assert assistant.ask(QUESTIONS[0]) == assistant.ask(QUESTIONS[0])


def test_a_row_has_the_fields_of_the_contract_in_their_order(assistant):
    row = assistant.answer_row({"id": "h-1", "question": QUESTIONS[0]})
    assert [name for name in row if name != "nearest"] == FIELDS
    assert row["id"] == "h-1"
    assert isinstance(row["milliseconds"], float) and row["milliseconds"] >= 0


def test_hits_are_given_only_where_they_are_asked_for_and_in_rank_order(assistant):
    row = assistant.answer_row({"id": "h-1", "question": QUESTIONS[0]}, hits=4)
    found = assistant.search(QUESTIONS[0], limit=4).hits
    assert [hit["text"] for hit in row["hits"]] == [hit.text for hit in found]
    assert all(list(hit) == ["paper", "page", "heading", "text"] for hit in row["hits"])


def test_more_hits_than_passages_are_all_passages_that_were_found(assistant):
    row = assistant.answer_row({"id": "h-1", "question": QUESTIONS[0]}, hits=500)
    assert 0 < len(row["hits"]) <= assistant.index.manifest.passages


def test_the_number_of_hits_shown_does_not_change_the_answer(assistant):
    rows = [assistant.answer_row({"id": "", "question": QUESTIONS[0]}, hits=n) for n in (0, 1, 50)]
    assert len({row["answer"] for row in rows}) == 1


def test_the_history_of_a_row_is_its_turns():
    row = {"id": "f", "question": "why?", "history": [{"user": "a?", "assistant": "b."}]}
    assert read_row(row) == ("f", "why?", [Turn("a?", "b.")])


@pytest.mark.parametrize("history", [None, []])
def test_a_row_may_have_no_history(history):
    assert read_row({"id": "f", "question": "why?", "history": history}) == ("f", "why?", [])


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"id": "f"},
        {"id": "f", "question": None},
        {"id": "f", "question": 7},
        {"id": "f", "question": "why?", "history": "earlier"},
        {"id": "f", "question": "why?", "history": ["earlier"]},
    ],
)
def test_a_row_that_is_not_what_it_must_be_is_an_error(row):
    with pytest.raises(QuestionInvalid):
        read_row(row)


def test_a_follow_up_is_read_with_the_turns_before_it(assistant):
    turns = [Turn("How many moorings were let in Brackwater?", "389.")]
    assert any("Brackwater" in h.passage.text for h in assistant.search("and before?", turns).hits)


def test_a_passage_is_shown_among_its_neighbours(assistant):
    hit = assistant.search(QUESTIONS[0]).hits[0]
    around = assistant.surroundings(hit.passage, 1, 1)
    assert hit.passage in around
    assert {passage.paper for passage in around} == {hit.passage.paper}


def test_the_papers_are_listed_by_path(assistant):
    assert [record.path for record in assistant.papers()] == ["harbour.md", "library.md"]


@pytest.fixture(scope="module")
def sample_rows(sample_assistant):
    cases = read_cases(SAMPLE_CASES)
    return [(case, sample_assistant.answer_row(batch_row(case), hits=5)) for case in cases]


@pytest.mark.slow
def test_no_reply_to_a_known_question_holds_a_number_that_its_citations_lack(sample_rows):
    for _, row in sample_rows:
        held = {n for c in row["citations"] for n in numbers_in(f"{c['quote']} {c['heading']}")}
        worked = {n for one in row["worked_out"] for n in numbers_in(one["text"])}
        marks = {str(c["number"]) for c in row["citations"]}
        assert row["refused"] or set(numbers_in(row["answer"])) <= held | marks | worked, row


@pytest.mark.slow
def test_every_citation_of_a_known_question_stands_on_a_page_of_its_paper(
    sample_rows, sample_assistant
):
    records = sample_assistant.index.store.records
    for _, row in sample_rows:
        for cited in row["citations"]:
            assert 1 <= cited["page"] <= records[cited["paper"]].pages
            assert cited["quote"] and cited["title"]


@pytest.mark.slow
def test_answers_to_single_questions_are_short(sample_rows):
    single = [
        row for case, row in sample_rows if case.kind in (Kind.FIGURE, Kind.PERSON, Kind.DATE)
    ]
    assert single
    assert all(len(row["answer"].split()) <= 80 for row in single)


@pytest.mark.slow
def test_both_answers_and_refusals_are_given(sample_rows):
    assert {row["refused"] for _, row in sample_rows} == {True, False}


@pytest.mark.slow
@pytest.mark.parametrize(
    "question", ["What is the best recipe for lasagne?", "Who won the football world cup in 1998?"]
)
def test_questions_about_other_things_are_refused_by_the_real_model_too(sample_assistant, question):
    assert isinstance(sample_assistant.ask(question), Refusal)


def test_the_question_as_understood_comes_with_the_reply(assistant):
    row = assistant.answer_row({"id": "a", "question": "How many moorings were let in 2023-24?"})
    assert row["understood"]["line"] == "moorings, 2023-24"


def test_thanks_get_a_line_and_no_citations(assistant):
    row = assistant.answer_row({"id": "a", "question": "Thanks, that's great"})
    assert row["refused"] and not row["citations"] and "welcome" in row["answer"]


def test_a_greeting_gets_questions_that_the_papers_answer(assistant):
    for line in assistant.ask("Hello").text.splitlines()[1:]:
        assert isinstance(assistant.ask(line.removeprefix("- ")), Answer)


def test_several_questions_are_answered_one_by_one(assistant):
    asked = "How many moorings were let in Brackwater in 2023-24? How much does the PBR hold?"
    reply = assistant.ask(asked)
    assert isinstance(reply, Answer)
    assert "389" in reply.text and "£1,640" in reply.text


def test_two_hundred_conversations_at_once_do_not_leak(assistant):
    first = {asked: plain(assistant.ask(asked)) for asked in QUESTIONS[:3]}
    turns = [[Turn(asked, first[asked])] for asked in [*first] * 67][:200]
    alone = {asked: assistant.ask("and why?", [Turn(asked, first[asked])]) for asked in first}
    with ThreadPoolExecutor(8) as people:
        replies = list(people.map(lambda said: assistant.ask("and why?", said), turns))
    assert replies == [alone[said[0].user] for said in turns]


@pytest.mark.slow
def test_a_fragment_after_a_refusal_is_held_to_what_was_not_found(sample_assistant):
    asked = "What percentage of care leavers are NEET?"
    refused = sample_assistant.ask(asked)
    assert isinstance(refused, Refusal)
    turns = [Turn(asked, plain(refused))]
    assert isinstance(sample_assistant.ask("and nationally?", turns), Refusal)
