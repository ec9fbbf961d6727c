import pytest

from evals.cases import Case, Evidence, Kind
from evals.replies import Citation, Hit, Reply
from evals.scoring import (
    Stage,
    covers,
    is_cited,
    retrieved_at,
    same_paper,
    score,
    unsupported_figures,
)

QUOTE = "the night bus to the harbour will cost £2.50 from June, as the board agreed"
CASE = Case(
    id="bus-1",
    question="What will the night bus cost in 2031?",
    kind=Kind.FIGURE,
    answer="£2.50",
    evidence=(Evidence("town/fares.pdf", QUOTE, page=3),),
    groups=(("£2.50",),),
)
CITED = Citation(1, "fares.pdf", f"Members heard that {QUOTE}.", page=3)
OTHER = Citation(1, "fares.pdf", "The day bus costs £9 in 2019", page=8)
FOUND = Hit("fares.pdf", QUOTE)
MISSED = Hit("fares.pdf", "The day bus costs £9 in 2019")


def case(**fields):
    defaults = {name: getattr(CASE, name) for name in CASE.__dataclass_fields__}
    return Case(**{**defaults, **fields})


def reply(answer="It will cost £2.50 [1].", refused=False, citations=(CITED,), hits=(FOUND,)):
    return Reply(answer, refused, tuple(citations), (), tuple(hits))


def quote_covers(quote, *, of=CASE, heading="", page=None):
    return covers(of, of.evidence[0], "fares.pdf", quote, heading, page)


def test_paths_name_one_paper_where_one_ends_with_the_other_at_a_folder():
    assert same_paper("town/a/fares.pdf", "a/fares.pdf")
    assert same_paper("fares.pdf", "town/fares.pdf")
    assert not same_paper("town/night-fares.pdf", "fares.pdf")
    assert not same_paper("town/fares.pdf", "city/fares.pdf")


def test_a_quote_that_holds_the_evidence_in_other_type_covers_it():
    assert quote_covers(QUOTE.upper().replace(" ", "\n"))


def test_a_quote_of_another_paper_covers_nothing():
    assert not covers(CASE, CASE.evidence[0], "other.pdf", QUOTE, "", 3)


def test_a_part_covers_only_with_half_of_the_evidence():
    assert quote_covers("the night bus to the harbour will cost £2.50")
    assert not quote_covers("£2.50 from June")


def test_a_near_match_covers_only_where_it_shows_the_same_fact():
    assert quote_covers(QUOTE.replace("harbour", "old pier"))
    assert not quote_covers(QUOTE.replace("£2.50", "£3.50"))


def test_a_near_match_does_not_gather_its_words_from_all_over_a_passage():
    scattered = " ".join(f"{word} and so it went on that day" for word in QUOTE.split())
    assert not quote_covers(scattered)


def test_a_scattered_row_covers_on_its_own_page_with_its_heading():
    row = case(groups=(("£2.50",), ("June",)))
    assert quote_covers("£2.50 | 14", of=row, heading="Night > June", page=3)
    assert not quote_covers("£2.50 | 14", of=row, heading="Night > June", page=4)
    assert not quote_covers("£2.50 | 14", of=row, heading="Night", page=3)


def test_words_on_the_same_page_do_not_cover_a_case_without_figures():
    assert not quote_covers("there were no trams", of=case(groups=(("no",),)), page=3)


def test_all_evidence_is_cited_only_when_each_quote_is_covered():
    second = Evidence("fares.pdf", "the tram fare stays at one pound")
    both = case(evidence=(*CASE.evidence, second), all_needed=True)
    assert not is_cited(both, [CITED])
    assert is_cited(both, [CITED, Citation(2, "fares.pdf", second.quote)])
    assert is_cited(case(evidence=both.evidence), [CITED])


def test_the_rank_is_that_of_the_first_hit_with_the_evidence():
    assert retrieved_at(CASE, [MISSED, FOUND, FOUND]) == 2
    assert retrieved_at(CASE, [MISSED]) is None


def test_a_long_hit_does_not_count_as_retrieved():
    assert retrieved_at(CASE, [Hit("fares.pdf", QUOTE + " more" * 200)]) is None


def test_a_table_row_is_retrieved_together_with_its_heading():
    row = case(evidence=(Evidence("fares.pdf", "Night fares by month June £2.50"),))
    hit = Hit("fares.pdf", "June | £2.50", heading="Night fares by month")
    assert retrieved_at(row, [hit]) == 1


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        (reply(), None),
        (reply(citations=[OTHER]), Stage.NOT_CITED),
        (reply(answer="It will cost £2.50 " + "indeed " * 80), Stage.TOO_LONG),
        (reply(answer="It will cost more."), Stage.NOT_SHOWN),
        (reply(answer="£9", citations=[OTHER]), Stage.NOT_CHOSEN),
        (reply(answer="The papers do not say.", refused=True), Stage.REFUSED),
        (reply(answer="£9", citations=[OTHER], hits=[MISSED] * 50), Stage.NOT_RETRIEVED),
        (reply(answer="£9", citations=[OTHER], hits=[*[MISSED] * 10, FOUND]), Stage.RANKED_LOW),
    ],
)
def test_a_miss_is_put_down_to_the_stage_that_failed(given, stage):
    assert score(CASE, given).stage is stage


def test_the_failing_stage_tells_the_rank():
    low = score(CASE, reply(answer="£9", citations=[OTHER], hits=[*[MISSED] * 22, FOUND]))
    assert low.failing == "retrieved at rank 23 but not in the first 10"


def test_a_refusal_is_never_cited_though_it_lists_the_nearest_passages():
    refused = score(CASE, reply(refused=True))
    assert (refused.right, refused.cited, refused.stage) == (False, False, Stage.REFUSED)


def test_a_listing_may_be_longer_than_a_single_answer():
    answer = "£2.50 " + "word " * 150
    assert score(case(kind=Kind.TABLE), reply(answer)).right
    assert not score(case(kind=Kind.TABLE), reply(answer + "word " * 60)).right


def test_a_citation_mark_does_not_show_a_figure():
    assert not score(case(groups=(("1",),)), reply("It will cost more [1].")).right


def test_an_unanswerable_question_is_right_when_refused():
    none = case(kind=Kind.UNANSWERABLE, evidence=(), groups=())
    assert score(none, reply("Not in the papers.", refused=True)).passed
    assert score(none, reply()).stage is Stage.NOT_REFUSED


def test_pages_count_only_citations_that_cover_evidence():
    elsewhere = Citation(2, "fares.pdf", QUOTE, page=4)
    counted = score(CASE, reply(citations=[CITED, elsewhere, OTHER]))
    assert (counted.pages, counted.pages_right) == (2, 1)


def test_a_number_that_no_cited_passage_holds_is_unsupported():
    answer = "1. It will cost £2.50 [1]\n2. and £1,400.5 in 12 areas [1]"
    held = Citation(1, "fares.pdf", QUOTE, heading="Area 12")
    assert unsupported_figures(CASE, reply(answer, citations=[held])) == ("1400.5",)


def test_a_number_is_supported_whatever_its_unit_is_written_as():
    held = Citation(1, "fares.pdf", "a cost of £1,455.60 and £23.3 million")
    assert unsupported_figures(CASE, reply("£1455.6 and £23.3m", citations=[held])) == ()


def test_a_worked_out_number_needs_no_passage():
    worked = Reply("Up by 40p to £2.50.", citations=(CITED,), worked_out=("40p",))
    assert unsupported_figures(CASE, worked) == ()


def test_a_refusal_may_hold_only_numbers_of_its_question_and_dates():
    said = "The papers (up to 6 May 2030) do not give the cost in 2031; it had 14 stops."
    refused = reply(said, refused=True, citations=())
    assert unsupported_figures(CASE, refused) == ("14",)
