"""The words that mark a paper, or a part of it, as not for publication.

A marking says so of what it stands on. Words that only speak of the exempt ("there are no exempt
items", "Appendix 2 is exempt", a forward plan's "part exempt") mark nothing; those that name an
appendix are kept apart, because that appendix may stand in the same file.
"""

from __future__ import annotations

import re

# What OCR makes of a stamp in spaced capitals
_RUN_TOGETHER = re.compile(
    r"\b(not) ?(for) ?(publication|disclosure)\b|\b(exempt) ?(from) ?(publication|disclosure)\b",
    re.I,
)
# A marking is a line; a whole paragraph about secrecy is not.
MOST_WORDS = 45
MOST_LETTERS = 2_000  # of a paragraph that are looked through
# No words without one of these mark anything.
_SECRECY = re.compile(
    r"exempt|confiden|restricted|private|publi|closed|sensitive|pink|virtue|withheld"
    r"|disclos|release"
    r"|circulat|excluded",
    re.I,
)
_NOUN = (
    r"(?:reports?|appendix|appendices|annexe?s?|papers?|minutes?|documents?|version|agenda|pack"
    r"|briefing|enclosure|schedule|attachment|cabinet report|committee report|council report)"
)
# How the law is named behind a marking
_LAW = (
    r"(?:by virtue|under|pursuant|as defined|within the meaning|in accordance|as it|as they|because"
    r"|on the grounds|para(?:graph)?s?\b|sections?\b|regulations?\b|schedule 12|categor|part 1\b"
    r"|information (?:as defined|within|under|by virtue|para)|not for publication|until\b|lga\b)"
)
_UNPUBLISHED = (
    r"not (?:for|to be) (?:general |public )?(?:publication|published|release[d]?"
    r"|disclosure|disclosed"
    r"|circulation|public (?:release|inspection|disclosure|view(?:ing)?))"
)
_FROM_PUBLIC = (
    r"(?:exempt|withheld|excluded) from (?:general |public )?"
    r"(?:publication|disclosure|inspection|release|access)"
)
# Each of these alone on a line, or before a noun or the law, marks what it stands on.
_STATUS = (
    rf"(?:{_UNPUBLISHED}|{_FROM_PUBLIC}|(?:strictly |highly )?(?:private (?:and|&) )?confidential"
    r"(?: (?:and|or|&|/) exempt)?|(?:fully |wholly )?exempt(?: ?(?:and|or|&|/) ?confidential)?"
    r"|commercial(?:ly)?[ -](?:in[ -])?confiden(?:ce|tial)|in (?:strict )?confidence|restricted"
    r"|private|closed|official[ -–:]*sensitive|(?:printed on )?pink(?: coloured)? papers?"
    r"|document is restricted)"
)
_LEAD = (
    r"(?:(?:agenda )?item (?:no\.? ?)?\w{1,4}|(?:appendix|annexe?|schedule) [\w.]{1,4}"
    r"|\d{1,3}[.)]?)?"
    r"[\s\-–—:(\[*\"“]*"
)
_END = r"[\s)\].*!\"”]*$"
_LABEL = re.compile(
    rf"{_LEAD}(?P<status>{_STATUS})(?:{_END}|[\s\-–—:(,;]*{_LAW}.*$"
    rf"|[\s\-–—:(]*(?P<noun>{_NOUN})\b(?P<after>.*)$)",
    re.I,
)
# "EXEMPT - Land at Brook Farm": the status, then what it is set upon
_HEADED = re.compile(
    rf"{_LEAD}(?P<status>{_UNPUBLISHED}|exempt|confidential)[)\]]?\s*[-–—:]\s*(?P<after>\S.*)$",
    re.I,
)
_BY_LAW = re.compile(
    rf"{_LEAD}(?:this (?:report|appendix|paper) is )?by virtue of (?:para|categor"
    rf"|regulation|section)"
    r".*\b(?:schedule 12|local government|regulations|rules)",
    re.I,
)
_PRIVATE_PART = re.compile(
    rf"{_LEAD}(?:part|section) (?:2|ii|b|two)\b[\s\-–—:(,.]*(?:of the (?:agenda"
    rf"|meeting)[\s\-–—:(]*)?"
    rf"(?:{_STATUS}(?:{_END}|[\s\-–—:(,;/]*(?:{_LAW}|{_NOUN}\b|items?\b|agenda\b"
    rf"|business\b|session\b"
    r"|matters\b|exempt\b|part\b))|(?:items?|reports?|business|matters)\b.*\b(?:private"
    r"|exempt|confidential"
    r"|not for publication|closed session|press and public (?:are |is |be )?excluded))",
    re.I,
)
_NOTHING = re.compile(
    r"\W*(?:n/?a\b|none\b|no\b|nil\b|not (?:applicable|exempt|confidential|restricted)|public\b"
    r"|open\b|unrestricted|for publication|there (?:is|are|was|were) no|not required|-+$|$)",
    re.I,
)
_CLEARED = re.compile(
    r"\b(?:redacted|public version|version for publication|now public|no longer (?:exempt|confid)"
    r"|made public|declassified|open access)\b",
    re.I,
)
# A sentence of a paper about itself
_ITSELF = re.compile(
    r"(?:^|[.;:!?(\[]\s*)(?:please note (?:that )?)?(?:this|the(?: (?:whole|entire"
    r"|following|attached))?)"
    r" (?P<noun>report|appendix|annexe?|paper|document|minute|briefing|attachment|pack|agenda)"
    r"(?:,? (?:and|together with|including) (?:its|the|all|any|their)[\w ]{0,20}?"
    r"(?:appendices|appendix|annexes|attachments?))?,?"
    r" (?:is|are|has been|have been|contains?|includes?|should be|must be|will be)"
    r"(?: (?:considered|deemed|classed|classified|treated|marked|to be|as|being|therefore|currently"
    r"|strictly|wholly|fully|both|kept|information (?:which|that) (?:is|are)|private and"
    r"|exempt (?:and|or)"
    r"|an?|regarded|held))*"
    rf" (?:{_UNPUBLISHED}|{_FROM_PUBLIC}|exempt(?! (?:from|items?|appendi))"
    rf"|confidential(?! (?:appendi|annex))"
    r"|restricted(?! (?:to|by|in))|private(?! (?:sector|finance|hire|rent|appendi))|pink)",
    re.I,
)
_OTHER_EXEMPTION = re.compile(
    r"exempt(?:ed)? from (?!publi|general pub|disclos|inspec|rele|acc)", re.I
)
# The line or row of a report's head that gives its status
_STATUS_LABEL = re.compile(
    r"^(?:(?:report )?(?:status|classification|marking)|security (?:classification|marking)"
    r"|protective marking|publication(?: status)?|for publication|open ?(?:/|or) ?(?:exempt|closed)"
    r"|public ?(?:/|or) ?(?:private|exempt)|private ?(?:/|or) ?public|(?:is (?:this"
    r"|the) )?(?:report )?"
    r"(?:exempt|confidential|private|restricted)(?: ?(?:/|or|and) ?(?:exempt|confidential))?"
    r"(?: (?:information|report|item|status|from publication))?|isrestricted|type of report"
    r"|access to information|part (?:1|i) ?(?:/|or) ?(?:part )?(?:2|ii))\??$",
    re.I,
)
_SECRET_VALUE = re.compile(
    r"\W*(?:(?:this |the )?(?:report|paper|appendix) is )?(?:fully |wholly |strictly )?(?:exempt|"
    r"confidential|restricted|private|closed|not for publication|official[ -]*sensitive"
    r"|part (?:2|ii)"
    r"\b|pink)",
    re.I,
)
_YES = re.compile(r"\W*(?:yes|true|y)\b|\W*(?:under |by virtue of )?para(?:graph)?s? ?\d", re.I)
_PARTLY = re.compile(r"\b(?:part(?:ly|ially)?[ -]exempt|appendi|annex|in part|part of)", re.I)
_APPENDIX_NAMES = (
    r"((?:[a-z]|\d{1,2}[a-z]?|[ivx]{1,4})"
    r"(?:(?:,|,? and|,? &| to| or) (?:appendix )?(?:[a-z]|\d{1,2}[a-z]?)\b){0,6})"
)
_SET_ON = (
    rf"(?:{_UNPUBLISHED}|{_FROM_PUBLIC}|(?:exempt|confidential|restricted|private)"
    rf"(?=[\s,]*(?:$|[)\].;:–—-]|information|and\b|or\b|{_LAW})))"
)
_HIDDEN_APPENDIX = (
    re.compile(
        rf"\b(?:appendix|appendices|annexe?s?) {_APPENDIX_NAMES}\b(?:,? (?:to|of) (?:this"
        rf"|the) report)?"
        r"[^.;|]{0,80}?(?:\b(?:is|are|contains?|has been|have been) (?:(?!not\b|no\b)\w+ ){0,3}?"
        rf"|[(\[–—:-] ?){_SET_ON}",
        re.I,
    ),
    re.compile(
        rf"\b(?:exempt|confidential|restricted|private|{_UNPUBLISHED})(?: information)?[\s:–—-]+"
        r"(?:appendices[\s:–—-]+)?(?:appendix|appendices|annexe?s?) "
        rf"{_APPENDIX_NAMES}\b",
        re.I,
    ),
)
_NAMED_FILE = re.compile(
    r"private[ -](?:reports? |agenda |document )?(?:pack|agenda|report|minutes|appendi\w+)\b"
    rf"|{_UNPUBLISHED}|(?:^|[\s\-–(\[]){_STATUS}[ -]{_NOUN}\b"
    rf"|\b{_NOUN}(?: \w{{1,3}})?[ \-–(\[]+(?:exempt|confidential|restricted)(?:[ \-–]*$"
    rf"|[)\]]| ?[-–])"
    r"|[(\[](?:exempt|confidential|restricted|private|pink)\b"
    r"|(?:^|[-–]) ?(?:exempt|confidential|restricted|pink)(?: ?[-–]|$)|\bpink papers?\b"
    r"|\b(?:part|section) (?:2|ii)\b.{0,12}\b(?:private|exempt|confid)",
    re.I,
)
_SPLIT = re.compile(r"[|–—;()\[\]•]| [-/] |\bpage \d+(?: of \d+)?\b| {3}", re.I)
_RESTRICTED_FLAG = re.compile(r"\bisrestricted\b[^\w]{1,6}true\b", re.I)


def is_marking(line: str) -> bool:
    """Whether a line by itself says that what it stands on is not for publication."""
    line = _tidy(line[:MOST_LETTERS])
    if not _SECRECY.search(line) or len(line.split()) > MOST_WORDS or _is_cleared(line):
        return False
    label = _LABEL.match(line) or _HEADED.match(line)
    if label and label["status"].lower() == "document is restricted":
        return False  # what the public pack prints in the place of the paper
    if label:
        after = label.groupdict().get("after") or ""
        return not (after.strip(" -–:.?") and _NOTHING.match(after))
    if _BY_LAW.match(line):
        return True
    return bool(_PRIVATE_PART.match(line))


def is_running_marking(line: str) -> bool:
    """Whether a running head or foot holds a marking, whatever else it holds."""
    if restricted_flag(line):
        return True
    parts = [part for part in _SPLIT.split(line[:MOST_LETTERS]) if part]
    together = line.replace("|", "")  # a watermark's words may be drawn one by one
    return is_marking(line) or is_marking(together) or any(map(is_marking, parts))


def is_marked_heading(line: str) -> bool:
    """Whether a heading that names a document says beside its name that it is held back."""
    line = _tidy(line)
    if _is_cleared(line) or len(line.split()) > 30:
        return False
    first, *others = [part for part in _SPLIT.split(line) if part] or [""]
    return is_marking(line) or (bool(first) and any(map(is_marking, others)))


def says_of_itself(text: str) -> bool:
    """Whether a sentence says that the report or appendix it stands in is held back."""
    return bool(_SECRECY.search(text)) and any(
        not _OTHER_EXEMPTION.search(found[0] + text[found.end() : found.end() + 20])
        for found in _ITSELF.finditer(_tidy(text[:MOST_LETTERS]))
    )


def is_secret_status(label: str, value: str) -> bool:
    """Whether a label of a report's head with its value says that the report is held back."""
    name, value = _tidy(label).rstrip(" :?"), _tidy(value)
    if not _STATUS_LABEL.match(name) or _NOTHING.match(value) or _is_cleared(value):
        return "for publication" in name.lower() and bool(
            re.match(r"\W*no\b(?! exempt)", value, re.I)
        )
    if _PARTLY.search(value):
        return False
    asks = re.search(r"exempt|confid|private|restricted", name, re.I)
    return bool(_SECRET_VALUE.match(value) or (asks and _YES.match(value)))


def hidden_appendices(text: str) -> set[str]:
    """The appendices, by number or letter, that a sentence says are held back."""
    found: set[str] = set()
    if not _SECRECY.search(text):
        return found
    for pattern in _HIDDEN_APPENDIX:
        for match in pattern.finditer(_tidy(text[:MOST_LETTERS])):
            if not _is_cleared(match[0]) and " not exempt" not in match[0].lower():
                names = re.findall(r"[a-z]?\d{1,2}[a-z]?|\b[a-z]\b|\b[ivx]+\b", match[1].lower())
                found |= {name for name in names if name not in ("to", "or")}
    return found


def marking_in_name(name: str) -> str:
    """A file's name or a document's title where that holds it back, else ""."""
    stem = re.sub(r"\.\w{2,5}$", "", _tidy(re.sub(r"[_+]|%20", " ", name)))
    found = _NAMED_FILE.search(stem)
    return stem if found and not _is_cleared(stem) and "unrestricted" not in stem.lower() else ""


def restricted_flag(text: str) -> str:
    """The words by which a meeting system's export says that an item is restricted, or ""."""
    found = _RESTRICTED_FLAG.search(text)
    return found[0] if found else ""


def _is_cleared(line: str) -> bool:
    return bool(_CLEARED.search(line))


def _tidy(text: str) -> str:
    plain = " ".join(text.replace("’", "'").split())
    return _RUN_TOGETHER.sub(lambda found: " ".join(filter(None, found.groups())), plain)
