from evals.baseline import compare, record
from evals.cases import Case, Evidence, Kind, PastTurn
from evals.measures import suite_table
from evals.replies import Citation, Hit, Reply
from evals.report import render_report
from evals.scoring import score

CASE = Case(
    id="bus-1",
    question="What does <b>it</b> cost?",
    kind=Kind.FIGURE,
    answer="£2",
    evidence=(Evidence("fares.pdf", "a ticket costs £2 in the evening", 3),),
    groups=(("£2", "two pounds"),),
    history=(PastTurn("Is there a bus?", "Yes."),),
)
GOOD = score(CASE, Reply("£2", citations=(Citation(1, "fares.pdf", CASE.evidence[0].quote),)))
BAD = score(
    CASE,
    Reply(
        "<script>alert(1)</script> £9",
        citations=(Citation(1, "trams.pdf", "trams & buses", "Fares", 4),),
        hits=(Hit("trams.pdf", "a tram stops here"),),
    ),
)


def render(scores, changes=()):
    return render_report([suite_table(scores)], scores, changes)


def test_a_miss_shows_all_there_is_to_judge_it_by():
    page = render({"sample": [BAD]})
    expected = ("£2 or two pounds", "Is there a bus?", "fares.pdf, page 3", "trams &amp; buses")
    assert all(part in page for part in expected)
    assert "trams.pdf, page 4 (Fares)" in page
    assert "a tram stops here" in page
    assert "not retrieved (not in 50)" in page
    assert 'data-stage="not retrieved"' in page


def test_words_of_papers_questions_and_answers_cannot_be_markup():
    page = render({"sample": [BAD]})
    assert "<script>alert" not in page
    assert "What does &lt;b&gt;it&lt;/b&gt; cost?" in page


def test_a_case_that_passes_is_no_miss():
    assert "<article" not in render({"sample": [GOOD]})


def test_the_report_needs_no_other_file():
    page = render({"sample": [BAD]})
    assert not any(part in page for part in ("src=", "<link", "http:", "https:"))


def test_changes_link_newly_wrong_cases_to_their_miss():
    changed = compare("sample", record([GOOD]), [BAD])
    page = render({"sample": [BAD]}, changed)
    assert 'newly wrong: <a href="#sample-bus-1">bus-1</a>' in page
    assert 'id="sample-bus-1"' in page


def test_newly_right_cases_are_named():
    changed = compare("sample", record([BAD]), [GOOD])
    assert "newly right: bus-1" in render({"sample": [GOOD]}, changed)
