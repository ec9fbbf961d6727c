"""Posts: which person a passage names with which post, and where the two stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.papers import Kind
from assistant.passages import Passage, cell_spans

# Words of which every post has one: "Executive Director of People", "Chief Accountant".
_POST_WORDS = """
    accountant administrator adviser advisor analyst archivist auditor chair chairman chairperson
    chairwoman champion chief clerk commissioner constable consultant convener convenor coordinator
    coroner director ecologist engineer executive governor head headteacher holder inspector leader
    librarian lieutenant manager mayor member officer ombudsman partner planner president principal
    registrar secretary sheriff solicitor specialist spokesperson superintendent surveyor treasurer
    vice-chair vice-chairman co-ordinator apprentice lead portfolio
"""
POST_WORDS = frozenset(_POST_WORDS.split())
# Words that start with a capital in these papers and are no part of a person's name.
_NO_NAME = """
    academy adult adults agenda all also and apologies appendix area assistant attended attending
    authority board borough business cabinet capital care centre children childrens city clerks
    committee commercial communities community contact corporate councillors cllrs council county
    culture customer decision democratic department deputy development digital directorate district
    east economic economy education email england environment estates exempt expenditure
    finance forum foundation from governance group growth hall health highways home hospital house
    housing human infrastructure insight integrated interim item job key learning legal local lead
    meeting members minutes monitoring national name nhs north office officers open organisational
    overview page panel parish park part partnership people performance place planning policy
    present procurement programme property public quality regional regulatory remote remotely
    report resources revenue risk road safeguarding school schools scrutiny section senior service
    services skills social south statutory strategic strategy street subject support system tel
    telephone that the these this title to town training transformation transport trust unit
    university venue voluntary west with young youth acting new former
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    action breaks budget built change climate company directors early enterprise forward heads
    help institutions link managers natural network other outcome plan plans provision sponsor
    teaching together work works fund funds improvement future developments waste recycling
    household neighbourhood
"""
_NOT_NAMES = frozenset(_NO_NAME.split())
_TITLE = r"(?:Cllr|Councillor|Mr|Mrs|Ms|Miss|Mx|Dr|Professor|Prof|Sir|Dame|Lady|Lord|Rev)s?\.? "
_PART = r"(?:(?:O|D)['’]|Mac|Mc|St\.? |[Dd]e |[Vv]an |von )?[A-Z][a-zà-ÿ]+(?:['’-][A-Z][a-zà-ÿ]+)*"
_FIRST = rf"(?:(?:[A-Z]\.? ?){{1,3}}(?= |(?<= )(?=[A-Z])) ?|{_PART} (?:[A-Z]\.? )?)"
TITLED = re.compile(_TITLE + _PART)
NAME = re.compile(
    rf"(?:(?P<title>{_TITLE})(?:{_FIRST})?|{_FIRST}){_PART}(?: {_PART})?"
    r"(?: (?:OBE|MBE|CBE|DL|JP|KC|QC)\b)*"
)
_WORD = r"[A-Z][\w’'/&-]*(?:\.(?=\w))?"
_LINK = (
    r"(?:,?\s(?:and|&)\s|,\s|\s?[-–—/]\s?|\s)"
    r"(?:(?:of|for|in|on|to|with|the)\s){0,2}(?:the\s)?(?:&\s)?"
)
_POST = rf"{_WORD}(?:{_LINK}(?:{_WORD}|\d+\b)){{0,16}}"
_APPOINTED = (
    r"(?: (?:is|was|as|became|has been|had been|be))(?: (?:re-?)?(?:appointed|elected))?(?: as)?"
    r" (?:the |a |an |its |our |their |new |interim |acting |independent )*"
)
# A line that ends in the middle of a list goes on in the next.
_LINES = re.compile(r"(?:(?! \| )(?:[^\n]|(?<=[,&])\n|(?<= and)\n|(?<= for)\n|(?<= of)\n))+")
_IN_BRACKETS = re.compile(r"\s?\((?P<post>[^()]{3,120}(?:\([^()]*\)[^()]*)?)\)")
_BESIDE = re.compile(rf"\s?(?:,|[-–—:])\s?(?:the |our )?(?P<post>{_POST})")
_SAID = re.compile(
    rf"{_APPOINTED}(?P<post>(?:[a-z-]+ ){{0,2}}?(?:{_POST}|[a-z-]+)(?: of [^,.;]+)?)"
)
_IN_CHAIR = re.compile(r",?\s(?P<post>in the [Cc]hair)\b")
_ALONE = re.compile(rf"\s(?P<post>{_POST})$")
_SECOND = re.compile(r"\s?\((?P<post>[^()]{3,60})\)")
_BY = re.compile(r"^(?:(?:Joint )?Report (?:of|by)|By|From)(?: the)?\s")
_DASHED = re.compile(rf"(?P<post>{_POST})\s[-–—]\s$")
_LABEL = re.compile(rf"(?P<post>{_POST})(?:\([^()]*\))?\s?(?::|\()\s*$")
_BEFORE = re.compile(rf"(?P<post>{_POST})(?:\s?\([^()]*\))?, $")
_BEFORE_TITLE = re.compile(rf"(?P<post>{_POST})(?:\s?\([^()]*\))?,? $")
_TITLED = re.compile(r"(?:job )?(?:title|post|position|role|designation)\s?:\s*(?P<post>.+)", re.I)
# Labels of the next entry, run into the post before them.
_NEXT_LABEL = re.compile(
    r"\s(?:Other Members?|Lead (?:Members?|Officers?|Directors?)|Tel|Telephone|Email"
    r"|Report (?:Status|Author)|Date|Key Decision|Public Access|Contact|The)(?: .*)?$"
)
_OF_POSTS = re.compile(r"\b(?:post|portfolio|position|role|job title|designation)s?\b", re.I)
# What is said of a person in a paper, and is no post that anyone holds.
_ROLE_WORDS = """
    lead member members officer officers report author originator contact other and the present
    responsible sponsor link relevant job title local councillor name names apologies for
"""
_ROLE = frozenset(_ROLE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with a post, as the words from `start` to `end` of a passage name them."""

    name: str
    post: str
    passage: Passage
    start: int
    end: int

    @property
    def is_role(self) -> bool:
        """Whether it is only a part in one paper's matter: its author, its lead member."""
        return set(re.findall(r"[a-z]+", self.post.lower())) <= _ROLE


@dataclass(frozen=True, slots=True)
class _Line:
    """A line or cell of a passage and the names in it."""

    text: str
    start: int
    names: tuple[tuple[int, int], ...]

    @property
    def only_name(self) -> bool:
        return self.ends_in_name and self.names[0][0] == 0

    @property
    def ends_in_name(self) -> bool:
        """Whether it is a name, alone or behind a label: "Sponsor – Wren Ashby"."""
        if len(self.names) != 1 or self.names[0][1] != len(self.text):
            return False
        label = self.text[: self.names[0][0]].rstrip()
        return not label or label.endswith((":", "–", "-"))


def holders_in(passage: Passage) -> list[Holder]:
    """The people whom a passage names with a post, in order."""
    lines = _lines(passage.text)
    found: list[Holder] = []
    for line in lines:
        found += _in_line(passage, line)
    for line, after in pairwise(lines):
        found += _over_lines(passage, line, after)
    if passage.kind is Kind.TABLE_ROW:
        found += _in_row(passage, lines)
    return sorted(dict.fromkeys(found), key=lambda one: one.start)


def names_in(text: str) -> list[tuple[int, int]]:
    """Where the names of people stand in a text."""
    found: list[tuple[int, int]] = []
    at = 0
    while start := re.compile(r"(?<![\w’'])[A-Z]").search(text, at):
        name = NAME.match(text, start.start())
        cut = _name_end(name) if name else 0
        if name and cut:
            found.append((name.start(), cut))
            at = cut
        else:
            at = start.end()
    return found


def _name_end(name: re.Match[str]) -> int:
    """Where the name ends that a match begins with; 0 where it is none."""
    end = name.end()
    titled = name["title"] or ""
    while words := name.string[name.start() + len(titled) : end].split():
        bad = [word for word in words if _is_no_name(word)]
        if not bad:
            return end if titled or len(words) > 1 else 0
        # A surname may be a post ("Cath Head"), where a first name stands before it and no "of".
        if len(words) == 2 and bad == words[1:] and _is_surname(name.string, end, words):
            return end
        if bad != words[-1:]:
            return 0
        end -= len(words[-1])
        end = name.start() + len(name.string[name.start() : end].rstrip())
    return 0


def _is_no_name(word: str) -> bool:
    plain = re.sub(r"['’]s?$", "", word.lower()).replace("’", "'")
    return plain in _NOT_NAMES or plain in POST_WORDS or plain.split("-")[0] in _NOT_NAMES


def _is_surname(text: str, end: int, words: Sequence[str]) -> bool:
    return words[1] == "Head" and not re.match(r" (?:of|for|teacher)\b", text[end:])


def _lines(text: str) -> list[_Line]:
    """The lines and cells of a text, without the space around them."""
    lines = []
    for part in _LINES.finditer(text):
        start = part.start() + len(part[0]) - len(part[0].lstrip(" |"))
        line = text[start : part.end()].rstrip()
        if line:
            lines.append(_Line(line, start, tuple(names_in(line))))
    return lines


def _in_line(passage: Passage, line: _Line) -> Iterator[Holder]:
    text = line.text
    taken = 0  # up to here the words belong to the name before
    for at, (start, end) in enumerate(line.names):
        following = line.names[at + 1][0] if at + 1 < len(line.names) else len(text)
        after = _post_after(text, end, following) or _alone(text, start, end)
        before = None if after else _post_before(text[taken:start], text[start:end], text[end:])
        if after:
            yield _holder(passage, line, text[start:end], after[0], (start, after[1]))
            taken = after[1]
        elif before:
            began = taken + before.start("post")
            closed = end + (text[end : end + 1] == ")")
            post = _BY.sub("", before["post"])
            yield _holder(passage, line, text[start:end], post, (began, closed))
            taken = end
        else:
            taken = end


def _post_after(text: str, end: int, following: int) -> tuple[str, int] | None:
    """The post that stands behind a name, and where its words end."""
    for pattern in (_IN_BRACKETS, _BESIDE, _SAID, _IN_CHAIR):
        stop = len(text) if pattern is _IN_BRACKETS else following
        found = pattern.match(text, end, stop)
        if not found or not is_post(found["post"]):
            continue
        post = _NEXT_LABEL.sub("", found["post"]).rstrip(" ,-–—&/")
        if not is_post(post):
            return None
        if pattern is _IN_BRACKETS:
            return post, found.end()
        closed = found.start("post") + len(post)
        second = _SECOND.match(text, closed)
        if second and is_post(second["post"]):
            return text[found.start("post") : second.end()], second.end()
        return post, closed
    return None


def _alone(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The post of a line that is a name and a post, with nothing between the two."""
    found = _ALONE.match(text, end) if not start else None
    return (found["post"], found.end()) if found and is_post(found["post"]) else None


def _post_before(text: str, name: str, after: str) -> re.Match[str] | None:
    """The post that stands before a name: as a label, before its bracket, or with a comma."""
    found = _LABEL.search(text)
    if found and is_post(found["post"]):
        return found if found[0].rstrip().endswith(":") or after.startswith(")") else None
    found = _DASHED.fullmatch(text)
    if found and is_post(found["post"]):
        return found
    pattern = _BEFORE_TITLE if re.match(_TITLE, name) or _ends_post(text) else _BEFORE
    found = pattern.search(text)
    # "... Chief Executive's Department" before a name names no post of hers.
    return found if found and is_post(found["post"]) else None


def _ends_post(text: str) -> bool:
    """Whether the last word is a post: "its independent Chair " before a name."""
    last = text.split()[-1:]
    return bool(last) and last[0].lower() in POST_WORDS


def is_post(words: str) -> bool:
    """Whether words name a post."""
    said = re.findall(r"[a-z]+(?:-[a-z]+)*(?:['’]s)?", words.lower())
    if re.search(r"\b(?:department|directorate|committee|team|board|office)$", words.lower()):
        return False
    return len(said) <= 20 and not POST_WORDS.isdisjoint(said)


def _holder(passage: Passage, line: _Line, name: str, post: str, span: tuple[int, int]) -> Holder:
    start, end = line.start + span[0], line.start + span[1]
    return Holder(name, post, passage, start, end)


def _over_lines(passage: Passage, line: _Line, after: _Line) -> Iterator[Holder]:
    """A name and the post on the line below it; a label and the name on the line below it."""
    spread = (line.start, after.start + len(after.text))
    titled = _TITLED.fullmatch(after.text)
    if titled and line.names:
        start, end = line.names[-1]
        yield Holder(line.text[start:end], titled["post"].strip(), passage, *spread)
    elif line.ends_in_name and not after.names and is_post(after.text):
        start, end = line.names[0]
        if re.fullmatch(_POST, after.text):
            yield Holder(line.text[start:end], after.text, passage, *spread)
    elif line.text.endswith(":") and after.names[:1] and after.names[0][0] == 0:
        label, end = line.text.rstrip(": "), after.names[0][1]
        rest = after.text[end:].strip(" ,–-")
        if is_post(label) and not is_post(rest):
            post = f"{label}: {rest}" if rest else label
            yield Holder(after.text[:end], post, passage, *spread)


def _in_row(passage: Passage, lines: Sequence[_Line]) -> Iterator[Holder]:
    """A row's cell that is a name, and its cell that is a post by its words or by its head."""
    cells = cell_spans(passage)
    by_start = {line.start: line for line in lines if line.only_name}
    named = [cell for cell in cells if cell[0] in by_start]
    if len(named) != 1:
        return
    above = " ".join([passage.caption, *passage.trail[-1:]])
    rest = [cell for cell in cells if cell is not named[0]]
    posts = [cell for cell in rest if _is_post_cell(passage, cell, above, alone=len(rest) == 1)]
    if len(posts) == 1:
        start, end, _ = named[0]
        spread = (min(start, posts[0][0]), max(end, posts[0][1]))
        post = passage.text[posts[0][0] : posts[0][1]]
        yield Holder(passage.text[start:end], post, passage, *spread)


def _is_post_cell(passage: Passage, cell: tuple[int, int, str], above: str, *, alone: bool) -> bool:
    """Whether a cell beside a name is the post: its head says so, or there is none."""
    start, end, head = cell
    text = passage.text[start:end]
    if head:
        return bool(_OF_POSTS.search(head)) and "holder" not in head.lower()
    if alone and _OF_POSTS.search(above):
        return True
    return is_post(text) and bool(re.fullmatch(_POST, text)) and not names_in(text)
