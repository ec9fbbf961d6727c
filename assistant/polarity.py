"""Polarity: whether more of a measure is better or worse, where its own words leave no doubt.

The measures are those that English councils report in common: attainment and its progress, absence
and exclusions, care and health, crime, housing, money and services (the Single Data List of the
department for local government names most of them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum


class Polarity(IntEnum):
    """What more of a measure means."""

    LESS_IS_BETTER = -1
    UNKNOWN = 0
    MORE_IS_BETTER = 1


# A distance between groups is better small, whatever it is measured in.
_GAP = re.compile(r"\b(?:gaps?|inequalit(?:y|ies)|shortfall)\b", re.I)
_LESS = re.compile(
    r"\b(?:absen(?:ce|t|ces|teeism)|exclusions?|excluded|suspensions?|suspended|NEET|truancy"
    r"|missing (?:from|episodes?|education)|delay(?:s|ed)?|waiting|waits?|overdue|late|backlogs?"
    r"|crimes?|burglar(?:y|ies)|thefts?|violence|(?:re)?-?offend(?:ing|ers?)|anti-?social"
    r"|deaths?|mortality|suicides?|killed|casualt(?:y|ies)|injur(?:y|ies|ed)|accidents?"
    r"|obes(?:e|ity)|smok(?:ing|ers?)|conceptions?|admissions? (?:for|to hospital)"
    r"|hospital admissions?|readmissions?|falls|complaints?|errors?|breach(?:es)?|faults?"
    r"|overspends?|overspent|deficits?|debts?|arrears|unemploy(?:ed|ment)|homeless(?:ness)?"
    r"|rough sleep(?:ing|ers?)|evictions?|fly-?tip(?:s|ping|ped)?|emissions?|landfill"
    r"|vacanc(?:y|ies)|turnover|sickness|agency staff|re-?referrals?|poverty|deprivation"
    r"|missed (?:bins?|collections?)|potholes?|needs? (?:of )?maintenance)\b",
    re.I,
)
_MORE = re.compile(
    r"\b(?:attain(?:ment|ing|ed)|attendance|achiev(?:e|es|ed|ing|ement)|expected (?:standard|level)"
    r"|higher standard|greater depth|progress (?:8|score)|attainment 8|pass(?:es|ed)?(?: rate)?"
    r"|good level of development|school readiness|ready for school|good or (?:better|outstanding)"
    r"|satisf(?:ied|action)|recycl(?:ed|ing)|compost(?:ed|ing)|employment|apprenticeships?"
    r"|on time|within (?:\w+ ){1,3}(?:weeks?|days?|months?|timescales?)|timeliness|in time"
    r"|life expectancy|physically active|immunis(?:ed|ation)|vaccinat(?:ed|ion)|breast-?feeding"
    r"|take-?up|participation|retention|collection rate|collected"
    r"|savings (?:made|delivered|achieved)"
    r"|completed|resolved|stability|quality of life|independen(?:t|ce)|self-directed support)\b",
    re.I,
)


def polarity_of(texts: Iterable[str]) -> Polarity:
    """What more of a measure means, by the first of these texts about it that tells.

    A text that speaks of both ways ("attendance and absence") tells nothing.
    """
    for text in texts:
        if _GAP.search(text):
            return Polarity.LESS_IS_BETTER
        less, more = bool(_LESS.search(text)), bool(_MORE.search(text))
        if less != more:
            return Polarity.LESS_IS_BETTER if less else Polarity.MORE_IS_BETTER
        if less:
            return Polarity.UNKNOWN
    return Polarity.UNKNOWN
