from evals.cases import Case, Evidence, Kind
from evals.measures import Table, kind_table, measure, stage_table, suite_table
from evals.replies import Reply
from evals.scoring import Score, Stage

ASKED = Case("a", "What?", Kind.FIGURE, "5", (Evidence("a.pdf", "five"),), (("5",),))
NONE = Case("n", "What?", Kind.UNANSWERABLE, "")


def scored(case=ASKED, *, rank=1, stage=None, refused=False, ms=10.0, unsupported=()):
    reply = Reply("5", refused=refused, milliseconds=ms)
    passed = stage is None
    return Score(case, reply, rank, passed, passed, tuple(unsupported), 2, 1, stage)


def test_recall_counts_ranks_and_mrr_averages_over_answerable_cases():
    ranks = [1, 4, 10, 40, None]
    m = measure([*(scored(rank=rank) for rank in ranks), scored(NONE, rank=None)])
    assert (m.recall_at_1, m.recall_at_5, m.recall_at_10, m.recall_at_50) == (1, 2, 3, 4)
    assert round(m.mrr, 4) == round((1 + 1 / 4 + 1 / 10 + 1 / 40) / 5, 4)


def test_refusals_are_right_or_wrong_by_whether_there_is_an_answer():
    m = measure(
        [
            scored(refused=True, stage=Stage.REFUSED),
            scored(NONE, refused=True),
            scored(NONE, stage=Stage.NOT_REFUSED),
        ]
    )
    assert (m.refused_wrongly, m.refused_rightly, m.unanswerable) == (1, 1, 2)
    assert m.right_and_cited == 0


def test_milliseconds_are_the_median_and_the_nearest_rank_of_95():
    m = measure([scored(ms=float(ms)) for ms in range(1, 101)])
    assert (m.median_ms, m.p95_ms) == (50.5, 95.0)


def test_no_cases_measure_nothing_without_failing():
    assert measure([]).mrr == 0.0
    assert "Recall@1" in str(suite_table({"sample": []}))


def test_unsupported_figures_and_pages_are_summed():
    m = measure([scored(unsupported=["7", "8"]), scored()])
    assert (m.unsupported, m.pages, m.pages_right) == (2, 4, 2)


def test_a_table_is_aligned_text():
    table = Table("Fares", ("bus", "price"), (("night", "2"), ("day", "11")))
    assert str(table).splitlines() == [
        "Fares",
        "  bus    price",
        "  night      2",
        "  day       11",
    ]


def test_the_suite_table_has_a_column_for_each_suite():
    lines = str(suite_table({"sample": [scored()], "kent": [scored(rank=None)]})).splitlines()
    assert lines[1].split() == ["sample", "kent"]
    assert next(line for line in lines if "Recall@1 " in line).split()[1:] == [
        *("1", "of", "1", "100%"),
        *("0", "of", "1", "0%"),
    ]


def test_the_kind_table_has_a_row_for_each_kind_asked_and_one_for_all():
    table = kind_table("sample", [scored(), scored(NONE, refused=True)])
    assert [row[0] for row in table.rows] == ["figure", "unanswerable", "all"]


def test_the_stage_table_counts_misses_by_kind():
    missed = scored(stage=Stage.REFUSED, refused=True)
    table = stage_table({"sample": [missed, scored()], "kent": [missed]})
    row = next(row for row in table.rows if row[0] == "refused")
    assert (table.columns, row) == (("stage", "figure", "all"), ("refused", "2", "2"))
