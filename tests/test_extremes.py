from decimal import Decimal

import pytest
from making import WordEmbedder, build

from assistant.assistant import Assistant
from assistant.compared import cell_value
from assistant.conversation import Turn
from assistant.index import Index

HEAD = """<h1>Fenshire County Council</h1><h2>Harbours Committee</h2>
<p>Date of Meeting: 24 October 2024</p>"""
BERTHS = """
Harbour | Berths taken | Berths empty
National | 74% | 12%
Brackwater | 61% | 21%
Saltmarsh | 78% (4%) | 14%
Thornmere | 76% | 14%
Total | 72% | 16%
"""
MONTHS = """
Indicator | Mar 24 | Apr 24 | May 24 | Sep 24
% of boats with 3+ crew changes | 9.1 | 8.3 | 9.9 | 7.0
% of boats aged 2 years or more | 71.0 | 70.5 | 70.4 | 72.2
"""
COSTS = """
Harbour | Cost of dredging
Brackwater | £1,200
Saltmarsh | £900
Thornmere | £350
The three together | £2,450
"""
GAPS = """
Beacon | Nights lit
Quay | 40
Bar | n/a
Pier | 31
Spit | 22
"""


def table(title, text):
    head, *rows = [line.split(" | ") for line in text.strip().splitlines()]
    cells = [[f"<td>{cell}</td>" for cell in row] for row in rows]
    heads = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    return f"<h3>{title}</h3><table><tr>{heads}</tr>{body}</table>"


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("extremes")
    (folder / "corpus").mkdir()
    tables = {"Berths": BERTHS, "Boats by month": MONTHS, "Lights": GAPS, "Dredging": COSTS}
    html = HEAD + "".join(table(title, text) for title, text in tables.items())
    (folder / "corpus" / "paper.html").write_text(html, encoding="utf-8")
    build(folder / "corpus", folder / "index")
    return Assistant(Index.open(folder / "index", WordEmbedder.name), WordEmbedder()).ask


def worked(reply):
    return [one.text for one in getattr(reply, "worked_out", ())]


def test_the_highest_row_is_told_with_its_value_and_of_how_many(ask):
    reply = ask("Which harbour had the highest share of berths taken?")
    assert "Saltmarsh" in reply.text and "78%" in reply.text and "Thornmere" not in reply.text
    assert worked(reply) == ["highest of the 3 rows compared"]
    assert reply.citations[0].evidence.text.startswith("Saltmarsh")


def test_a_follow_up_asks_on_for_the_other_end_or_another_column(ask):
    turn = Turn("Which harbour had the highest share of berths taken?", "Saltmarsh, 78%.")
    assert "Brackwater" in ask("and the lowest?", [turn]).text
    assert "Brackwater" in ask("what about empty ones?", [turn]).text


def test_equals_are_all_told(ask):
    reply = ask("Which harbour had the lowest share of berths empty?")
    assert "Saltmarsh" in reply.text and "Thornmere" in reply.text
    assert worked(reply) == ["joint lowest of the 3 rows compared"]


def test_those_above_a_row_that_is_named_come_with_that_row(ask):
    reply = ask("Which harbours were above the national figure for berths taken?")
    said = reply.text
    assert all(name in said for name in ("Saltmarsh", "Thornmere", "National", "74%"))
    assert "Brackwater" not in said
    assert worked(reply) == ["2 of the 3 rows are above National"]


def test_those_below_a_value_are_told(ask):
    reply = ask("Which harbours were below 70% for berths taken?")
    assert "Brackwater" in reply.text and "Saltmarsh" not in reply.text


def test_months_across_are_ranked_within_the_span_asked_for(ask):
    asked = "which month had the lowest share of boats with three or more crew changes?"
    assert "Apr 24: 8.3" in ask(f"Between March and May 2024, {asked}").text
    assert "Sep 24: 7.0" in ask(asked.capitalize()).text


def test_a_sum_is_not_ranked_among_its_parts(ask):
    reply = ask("Which harbour had the highest cost of dredging?")
    assert "Brackwater" in reply.text and worked(reply) == ["highest of the 3 rows compared"]


def test_what_is_not_of_the_kind_asked_for_is_not_ranked(ask):
    assert not worked(ask("Which ferry had the highest cost of dredging?"))
    assert not worked(ask("Which harbour had the highest cost of lighting?"))


def test_nothing_is_claimed_of_a_column_with_a_gap(ask):
    assert not worked(ask("Which beacon had the most nights lit?"))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,640", ("1640", "")),
        ("£4.5m", ("4500000", "£")),
        ("(3.0)", ("-3.0", "")),
        ("−5%", ("-5", "%")),
        ("77% (3%)", ("77", "%")),
        ("n/a", None),
        ("12 of 40", None),
    ],
)
def test_a_cell_is_read_where_it_is_one_value(cell, value):
    assert cell_value(cell) == (value and (Decimal(value[0]), value[1]))
