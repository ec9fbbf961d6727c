"""A series on the page: each value with its citation, and data that no spreadsheet runs."""

import csv
import io

import pytest
from test_rolling import rolling
from test_rolling import row as rolling_row
from test_series import row, series

from assistant.page.trend import as_csv, trend

HOSTILE = '=HYPERLINK("//elsewhere.example") <script>alert(1)</script>'


def rows_of(shown):
    return list(csv.reader(io.StringIO(as_csv(shown))))


def test_each_value_of_the_table_leads_to_where_it_stands():
    shown = trend(series(row("Brackwater", "412", "400", "389")), 2)
    assert shown.count('href="#turn-2-source-1"') == 3
    assert '<th scope="row">2023</th><td>400 <a' in shown


def test_a_value_that_the_paper_does_not_tell_is_said_so():
    girls, boys = row("Girls", "1%", "2%", "3%"), row("Boys", "4%", "5%", "–", key=2)
    assert "<td>not said</td>" in trend(series(girls, boys), 1)


def test_values_of_several_papers_are_told_with_their_meetings():
    heads = ("Harbour", "Moorings let 2024")
    later = rolling_row("Bay", "401", paper="b.pdf", heads=heads, key=2)
    shown = trend(rolling(rolling_row("Bay", "412"), later), 1)
    assert ">Harbours Committee, 9 July 2024, Quay repairs, page 3</a>" in shown


def test_the_chart_is_told_in_words_by_day_and_by_night():
    shown = trend(series(row("Brackwater", "412", "400", "389")), 1)
    assert shown.count('alt="Line chart of') == 2 and "does not begin at nought" in shown


def test_hostile_words_add_no_tag_to_a_series():
    tame = trend(series(row("word", "1", "2", "3")), 1)
    assert trend(series(row(HOSTILE, "1", "2", "3")), 1).count("<") == tame.count("<")


def test_no_series_shows_nothing():
    assert trend(None, 1) == ""


def test_the_data_names_value_unit_period_and_source():
    heads, *values = rows_of(series(row("Brackwater", "41%", "40%", "-3%")))
    first = dict(zip(heads, values[0], strict=True))
    assert (first["label"], first["value"], first["unit"]) == ("2022", "41", "%")
    assert first["paper"] == "papers/quay.pdf" and "page 3" in first["source"]
    assert values[2][heads.index("value")] == "-3"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", " =", "−", "＝"])
def test_no_cell_of_the_data_is_a_formula(begins):
    shown = series(row(f"{begins}cmd|' /C calc'!A0", "1", "2", "3"))
    for cell in (cell for one in rows_of(shown)[1:] for cell in one):
        assert not cell.lstrip(" ").startswith(("=", "+", "@", "\t", "−", "＝", "-c"))
