"""Acronyms and what they stand for, mined from the papers' own definitions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

# "Education, Health and Care Plan (EHCP)": the acronym stands in brackets after its words.
_BRACKETED = re.compile(r"\(\s*[\"'“‘]?([A-Z][A-Za-z&]{1,9})[\"'”’]?s?\s*\)")
_PLURAL = re.compile(r"(?<=[A-Z])s$")
_REVERSED = re.compile(r"\b([A-Z][A-Z&]{1,7})s?\s*\(((?:[A-Z]?[a-z’'-]+[ ,&]*){2,10})\)")
_SMALL = frozenset(
    {"and", "of", "the", "for", "in", "to", "on", "with", "a", "an", "&", "at", "from"}
)
# What English councils write short and do not explain; a paper's own meaning goes first.
# Only what is short for one thing, and is no word: "PAN" would be read into any sentence.
_COMMON = """
KS1: key stage 1
KS2: key stage 2
KS3: key stage 3
KS4: key stage 4
KS5: key stage 5
EYFS: early years foundation stage
GLD: good level of development
RWM: reading writing and maths; reading writing and mathematics
GPS: grammar punctuation and spelling
SPaG: spelling punctuation and grammar
Basics: english and maths
FSM: free school meals
NEET: not in education employment or training
EHCP: education health and care plan
SEN: special educational needs
SEND: special educational needs and disabilities
SEMH: social emotional and mental health
EHE: elective home education
HTST: home to school transport
DSG: dedicated schools grant
HNB: high needs block
LAC: looked after children; children in care
CLA: children looked after; children in care
CIC: children in care; looked after children
UASC: unaccompanied asylum seeking children
SN: statistical neighbours
LA: local authority
FTE: full time equivalent
MTFP: medium term financial plan
MTFS: medium term financial strategy
RSG: revenue support grant
MRP: minimum revenue provision
CFR: capital financing requirement
HRA: housing revenue account
CIL: community infrastructure levy
VfM: value for money
ASC: adult social care
SDS: self directed support
DTOC: delayed transfers of care; delayed discharges
DoLS: deprivation of liberty safeguards
CHC: continuing healthcare
BCF: better care fund
CCG: clinical commissioning group
ICB: integrated care board
JSNA: joint strategic needs assessment
HWB: health and wellbeing board
CAMHS: child and adolescent mental health services
HWRC: household waste recycling centre
VAWG: violence against women and girls
IMD: index of multiple deprivation
KPI: key performance indicator
FOI: freedom of information
EqIA: equality impact assessment
LGR: local government reorganisation
"""
COMMON = {
    short: names.split("; ")
    for short, names in (line.split(": ") for line in _COMMON.strip().splitlines())
}
# Words read back from a bracket for each letter of the acronym, at most.
_REACH = 2


class Glossary:
    """Which full names each acronym has in the papers, and which acronym each name has."""

    def __init__(self, counts: dict[str, dict[str, int]]) -> None:
        self.counts = {acronym: dict.fromkeys(names, 0) for acronym, names in COMMON.items()}
        for acronym, names in counts.items():
            self.counts[acronym] = self.counts.get(acronym, {}) | names
        self._by_name = {
            name.lower(): acronym for acronym, names in self.counts.items() for name in names
        }
        self._by_key = {acronym.lower(): acronym for acronym in self.counts}
        self._folded: dict[str, list[tuple[int, str]]] = {}
        for place, (name, acronym) in enumerate(self._by_name.items()):
            self._folded.setdefault(" ".join(_folded(name)), []).append((place, acronym))
        self._longest = max(map(len, map(_folded, self._by_name)), default=0)

    @classmethod
    def mine(cls, texts: Iterable[str]) -> Glossary:
        """The glossary of all definitions that stand in the texts."""
        mined = Definitions()
        for text in texts:
            mined.add(text)
        return cls(mined.counts)

    def names(self, acronym: str) -> list[str]:
        """The full names of an acronym in lower case, most used first; any case, plural s."""
        key = acronym.lower()
        found = self._by_key.get(key) or self._by_key.get(key.removesuffix("s"))
        if not found:
            return []
        names = self.counts[found]
        return sorted(names, key=lambda name: (-names[name], name))

    def meaning(self, chosen: Mapping[str, str]) -> Glossary:
        """The glossary in which these acronyms have one name each."""
        one = Glossary(self.counts)
        one.counts |= {acronym: {name: 1} for acronym, name in chosen.items()}
        return one

    def acronyms(self, text: str) -> list[str]:
        """The acronyms whose full name stands in the text."""
        said = _folded(text)
        runs = {
            " ".join(said[start : start + length])
            for start in range(len(said))
            for length in range(1, self._longest + 1)
        }
        found = (one for run in runs for one in self._folded.get(run, ()))
        return [acronym for _, acronym in sorted(found)]


class Definitions:
    """The definitions in texts, counted as they come."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}

    def add(self, text: str) -> None:
        """Counts those of one more text."""
        for acronym, name in definitions(text):
            self._counts.setdefault(acronym, Counter())[name.lower()] += 1

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How often each acronym was given each name."""
        return {acronym: dict(names) for acronym, names in sorted(self._counts.items())}


def _folded(text: str) -> list[str]:
    return re.sub(r"[^a-z0-9&]+", " ", text.lower()).split()


def definitions(text: str) -> list[tuple[str, str]]:
    """Pairs (acronym, full name) that a text defines, in order."""
    found = [
        (acronym, name)
        for match in _BRACKETED.finditer(text)
        if (acronym := _PLURAL.sub("", match[1]))
        and (name := _name_before(text[: match.start()], acronym))
    ]
    found += [
        (match[1], match[2].strip(" ,"))
        for match in _REVERSED.finditer(text)
        if _spells(match[2].split(), match[1])
    ]
    return found


def _name_before(before: str, acronym: str) -> str:
    """The shortest run of words before a bracket whose initials spell the acronym, or ""."""
    tokens = re.findall(r"[A-Za-z0-9&’'/-]+", before[-160:])
    letters = [letter for letter in acronym.rstrip("s") if letter.isupper()]
    if len(letters) < 2:
        return ""
    for count in range(len(letters) - 1, len(letters) * _REACH + 3):
        if 0 < count <= len(tokens) and _spells(tokens[-count:], acronym):
            return " ".join(tokens[-count:])
    return ""


def _spells(tokens: list[str], acronym: str) -> bool:
    """Whether the initials of the words that carry meaning spell the acronym, in order."""
    letters = "".join(letter for letter in acronym if letter.isupper()).lower()
    parts = [part for token in tokens for part in re.split(r"[-/]", token) if part]
    strong = "".join(part[0] for part in parts if part.lower() not in _SMALL).lower()
    every = "".join(part[0] for part in parts).lower()
    if not parts or parts[0].lower() in _SMALL or parts[0][0].lower() != letters[0]:
        return False
    return letters in (strong, every) or letters == strong.replace("&", "")
