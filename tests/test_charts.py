"""Charts: what is drawn of a series, and how it is told to those who do not see it."""

import re
from xml.etree import ElementTree

import pytest
from test_series import row, series

from assistant.charts import DAY, NIGHT, by_night, described, draw, from_zero, said_short
from assistant.traits import Asked


def over_time(*values, name="Brackwater"):
    return series(row(name, *values))


def beside():
    heads = ("Harbour", "Moorings let")
    rows = [row(name, count, heads=heads, key=n) for n, (name, count) in enumerate(SIZES)]
    return series(*rows, asked=Asked.COMPARISON)


SIZES = (("Bay", "4"), ("Quay", "9"))


@pytest.mark.parametrize("scheme", [DAY, NIGHT])
def test_a_chart_is_a_picture_that_parses_and_is_the_same_each_time(scheme):
    drawn = draw(over_time("412", "400", "389"), scheme)
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    draw.cache_clear()
    assert drawn == draw(over_time("412", "400", "389"), scheme)


def test_a_chart_is_drawn_once_for_all_who_ask_for_it():
    drawn = draw(over_time("412", "400", "389"))
    assert draw(over_time("412", "400", "389")) is drawn
    assert draw(over_time("412", "400", "390")) is not drawn


def test_a_chart_by_night_is_the_one_by_day_in_other_colours():
    def without_names(drawn):
        return re.sub(rb"[a-z]+[0-9a-f]{10}", b"", drawn)

    shown = series(row("Bay", "4", "5", "6"), row("Sound", "7", "8", "9", key=2))
    assert without_names(by_night(draw(shown, DAY))) == without_names(draw(shown, NIGHT))


def test_a_document_gets_its_chart_as_dots():
    assert draw(beside(), form="png").startswith(b"\x89PNG")


def test_hostile_words_are_drawn_and_never_markup_or_a_formula():
    drawn = draw(over_time("4", "5", "6", name="$\\frac{1}$ <script>alert(1)</script>")).decode()
    assert "script" not in drawn.replace("<!-- ", "").split("<g", 1)[0]
    assert "<script" not in drawn


def test_a_chart_in_words_tells_first_and_last_of_each_line():
    said = described(over_time("412", "400", "389"))
    assert "Brackwater: from 412 (2022) to 389 (2024)" in said and said.startswith("Line chart")
    assert "4 (Bay), 9 (Quay)" in described(beside())


def test_bars_begin_at_nought_and_a_high_line_need_not():
    assert from_zero(beside()) and from_zero(over_time("4", "5", "60"))
    assert not from_zero(over_time("412", "400", "389"))


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return sum(v * w for v, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("scheme", [DAY, NIGHT])
def test_what_is_drawn_stands_out_from_its_ground(scheme):
    for colour, least in ((scheme.ink, 4.5), *((one, 3.0) for one in (*scheme.lines, scheme.rule))):
        low, high = sorted((luminance(colour), luminance(scheme.ground)))
        assert (high + 0.05) / (low + 0.05) >= least


@pytest.mark.parametrize(
    ("value", "said"),
    [(7_500_000, "7.5m"), (-1e6, "-1m"), (12_500, "12,500"), (0.4, "0.4"), (66.5, "66.5")],
)
def test_an_axis_tells_large_values_shortly(value, said):
    assert said_short(value) == said
