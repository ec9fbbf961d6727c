"""What a value measures, and when."""

from making import make_passage, make_record

from assistant.answers import Citation
from assistant.evidence import Evidence
from assistant.measures import measured, names_of
from assistant.papers import Kind


def values(passage):
    return measured(Citation(1, Evidence(passage, 0, len(passage.text)), make_record()))


def row(*cells, heads, **beside):
    return make_passage(
        " | ".join(cells), kind=Kind.TABLE_ROW, cells=cells, heads=heads, table=1, **beside
    )


def test_a_row_is_named_by_its_words_and_not_by_the_number_that_counts_it():
    numbered = row("10", "Moorings let", "412", heads=("No.", "Measure", "2023"))
    assert [sorted(value.measure.named) for value in values(numbered)] == [["moor"]]


def test_rows_of_one_name_in_two_tables_are_two_measures():
    dues, berths = (row("Bay", "41", heads=("", "2023"), caption=c) for c in ("Dues", "Berths"))
    assert values(dues)[0].measure != values(berths)[0].measure


def test_the_number_and_the_period_of_a_table_do_not_part_a_measure():
    first, second = (
        row("Bay", "41", heads=("", "2023"), caption=c)
        for c in ("Table 2: Dues in 2023", "Table 7: Dues in 2024")
    )
    assert values(first)[0].measure == values(second)[0].measure


def test_a_sentence_tells_a_measure_where_it_tells_one_value():
    one = "The pilot boat carried 412 guests to the island in 2023."
    two = "The pilot boat carried 412 guests and 30 dogs to the island in 2023."
    assert [value.at for value in values(make_passage(one))] == [2023.0]
    assert values(make_passage(two)) == []


def test_a_value_is_looked_for_only_where_its_name_stands():
    passage = make_passage("The pilot boat carried 412 guests to the island in 2023.")
    assert values(passage)[0].measure.named in names_of(passage)
