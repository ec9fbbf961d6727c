"""The page's parts as HTML: every word of a paper or a person is data here, and is escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from assistant.answers import Answer, Citation, Refusal, Reply, say_date
from assistant.evidence import Evidence
from assistant.page.cards import figure_cards, source_name
from assistant.page.chips import ask_button, corrected, readings, understood_chips
from assistant.page.pageview import file_address, page_view
from assistant.page.ratings import rated
from assistant.page.rows import is_table_row, table
from assistant.page.told import Around, Told
from assistant.page.trend import trend
from assistant.page.words import escape, marked
from assistant.papers import PaperRecord
from assistant.passages import Passage
from assistant.traits import Asked

# More cards than this are a table, and the table stands in the citation.
MOST_FIGURES = 6
# Figures are set out for those who ask for figures; in a decision they would only distract.
_FIGURES_ASKED = frozenset(
    {Asked.PERCENTAGE, Asked.MONEY, Asked.COUNT, Asked.RANK, Asked.COMPARISON, Asked.TREND}
)
_MARK = re.compile(r"\[(\d+)\]")


def papers_line(records: Sequence[PaperRecord]) -> str:
    """Up to which meeting papers are in: "Papers up to 1 May 2024 (12 indexed)"."""
    days = [record.meeting_date for record in records if record.meeting_date]
    if days:
        said = f"Papers up to {say_date(max(days))} ({len(records)} indexed)"
    else:
        said = f"{len(records)} paper{'' if len(records) == 1 else 's'} indexed"
    return f'<p class="papers-line">{said}</p>'


def papers_list(records: Sequence[PaperRecord]) -> str:
    """The papers that are in by meeting, the newest first, folded away; each opens its file."""
    ordered = sorted(records, key=lambda r: r.title)
    ordered.sort(key=lambda r: (r.meeting_date or date.min, r.committee), reverse=True)
    titles = {record.path: record.title for record in records}
    meetings = "".join(
        f'<details class="meeting"><summary>{escape(meeting)}</summary><ul>'
        f"{''.join(f'<li>{_paper(record, titles)}</li>' for record in papers)}</ul></details>"
        for meeting, papers in groupby(ordered, _meeting)
    )
    return f'<h2 class="browse">Browse by meeting</h2>{meetings}' if meetings else ""


def _meeting(record: PaperRecord) -> str:
    day = say_date(record.meeting_date) if record.meeting_date else "no date"
    who = record.committee or record.council
    return f"{who}, {day}" if who else f"Other papers, {day}"


def _paper(record: PaperRecord, titles: Mapping[str, str]) -> str:
    address = escape(file_address(record.path))
    pages = f", {record.pages} pages" if record.pages and record.pages > 1 else ""
    remarks = "".join(f"<br>{escape(_titled(remark, titles))}" for remark in record.remarks)
    return (
        f'<a href="{address}" target="_blank" rel="noopener">{escape(record.title)}</a>'
        f'<span class="grey"> ({escape(record.type)}{pages}){remarks}</span>'
    )


def _titled(remark: str, titles: Mapping[str, str]) -> str:
    """A remark that ends with the path of a paper, with its title instead."""
    path = next((path for path in titles if remark.endswith(f" {path}")), "")
    return f"{remark.removesuffix(path)}“{titles[path]}”" if path else remark


def no_papers(why: str) -> str:
    """What a visitor is told where there is no index to answer from."""
    said, _, command = why.partition("run: ")
    run = f"<p>Run this, then load the page again: <code>{escape(command)}</code></p>"
    return (
        '<div class="note missing" role="alert"><p><strong>The papers cannot be searched '
        f"yet.</strong></p><p>{escape(said.rstrip('; '))}</p>{run if command else ''}</div>"
    )


def note(text: str) -> str:
    """One line about what was typed, or nothing."""
    return f'<p class="note">{escape(text)}</p>' if text else ""


def asked(question: str, body: str) -> str:
    """One turn of the conversation: the question as typed, and what came of it."""
    return (
        '<article class="turn"><h2 class="question" tabindex="-1">'
        f'<span class="unseen">You asked: </span>{escape(question)}</h2>{body}</article>'
    )


def examples(questions: Sequence[str]) -> str:
    """A button for each question, or nothing."""
    buttons = "".join(f"<li>{ask_button(question)}</li>" for question in questions)
    return f"<h2>Questions these papers answer</h2><ul>{buttons}</ul>" if buttons else ""


def told(found: Told, turn: int) -> str:
    """An answer with its series and its citations, or a refusal with what lay nearest."""
    reply = found.reply
    above = _understood(found, turn)
    if isinstance(reply, Refusal):
        return above + _refusal(reply, turn, found.around)
    return above + _answer(reply, found, turn)


def _understood(found: Told, turn: int) -> str:
    """What a question was taken to ask, with what the turns before lent it, to be changed."""
    question = found.reply.question
    understood = question.understood if question else None
    if question is None or understood is None or not understood.line:
        return ""
    mended = corrected(question.corrections)
    if found.whole:
        return understood_chips(understood, turn) + mended
    return f'<p class="grey">Understood as: {escape(understood.line)}</p>{mended}'


def spoken(found: Reply) -> str:
    """What a screen reader hears when a reply has come: the text, once, without its marks."""
    text = _MARK.sub("", found.text)
    return f"Answer: {text}" if isinstance(found, Answer) else text


def _answer(found: Answer, told: Told, turn: int) -> str:
    is_asked = found.question is None or found.question.asked in _FIGURES_ASKED
    figures = found.figures[:MOST_FIGURES] if is_asked else ()
    worked = "".join(
        f'<li>{escape(one.text)} <span class="grey">from '
        f"{' and '.join(f'source {number}' for number in one.sources)}</span></li>"
        for one in found.worked_out
    )
    parts = [
        f'<div class="answer">{_text(found, turn)}</div>',
        readings(found.readings),
        figure_cards(figures, found.citations, turn, told.others),
        f'<p class="worked">Worked out by the assistant:</p><ul>{worked}</ul>' if worked else "",
        trend(told.series, turn),
        '<h3 class="sources">Where it stands</h3>',
        _citations((*found.citations, *told.citations), turn, told.around),
    ]
    return "".join(parts)


def _refusal(found: Refusal, turn: int, around: Around) -> str:
    said = f'<div class="note refusal"><p>{escape(found.text)}</p></div>'
    if not found.nearest:
        return said
    return (
        f'{said}<details class="nearest"><summary>Nearest passages</summary>'
        f"{_citations(found.nearest, turn, around)}</details>"
    )


def _text(found: Answer, turn: int) -> str:
    """The words of an answer, a paragraph a line; each citation mark opens its citation."""
    cited = {str(citation.number): citation for citation in found.citations}
    below = {f"Worked out: {one.text}" for one in found.worked_out}  # has its own list
    lines = [line for line in found.text.split("\n") if line.strip() and line not in below]
    return "".join(f"<p>{_linked(line, turn, cited)}</p>" for line in lines)


def _linked(line: str, turn: int, cited: Mapping[str, Citation]) -> str:
    out, at = [], 0
    for match in _MARK.finditer(line):
        if match[1] in cited:
            out.append(escape(line[at : match.start()].rstrip()))
            out.append(f" {_source(cited[match[1]], turn)}")
            out.append(rated(cited[match[1]].evidence.passage))
            at = match.end()
    return "".join(out) + escape(line[at:])


def _source(citation: Citation, turn: int) -> str:
    """The link to a citation: seen as its place, read aloud with its meeting too."""
    seen = re.sub(r" \(PDF page \d+\)$", "", citation.place) or citation.label
    before = citation.label.partition(seen)[0]
    return (
        f'<a class="cite" href="#{source_name(turn, citation.number)}">'
        f'<span class="unseen">{escape(before)}</span>{escape(seen)}</a>'
    )


def _citations(citations: Sequence[Citation], turn: int, around: Around) -> str:
    rows = "".join(f"<li>{_citation(citation, turn, around)}</li>" for citation in citations)
    return f'<ol class="citations">{rows}</ol>'


def _citation(citation: Citation, turn: int, around: Around) -> str:
    passage = citation.evidence.passage
    # Browsers open a fold when a link leads to something inside it, so the name is in there.
    return (
        f'<details class="citation"><summary><span class="number">{citation.number}</span> '
        f"{escape(citation.label)}</summary>"
        f'<div class="context" id="{source_name(turn, citation.number)}">'
        f"{_context(citation, around.get(passage.key, ()))}"
        f"{page_view(citation)}{_file(citation)}</div></details>"
    )


def _file(citation: Citation) -> str:
    passage = citation.evidence.passage
    title = escape(passage.title or citation.record.title)
    link = f'<a href="{escape(file_address(passage.paper))}" target="_blank" rel="noopener">'
    file = f"{title}. File: {link}{escape(passage.paper)}</a>"
    return f'<p class="file grey">{file}{_source_of(citation)}</p>'


def _source_of(citation: Citation) -> str:
    """The link to where the council publishes the paper, at the page cited, where it is known."""
    record, page = citation.record, citation.evidence.page
    if not record.source:
        return ""
    address = (
        f"{record.source}#page={page}" if page and record.path.endswith(".pdf") else record.source
    )
    link = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'
    return f". Published: {link}{escape(record.source)}</a>"


def _context(citation: Citation, around: Sequence[Passage]) -> str:
    """The cited words marked, between what stands before and after, each under its headings."""
    cited, evidence = citation.evidence.passage, citation.evidence
    if is_table_row(cited):
        return _trail(cited, "") + table(evidence, around)
    parts: list[str] = []
    above: Passage | None = None
    for passage in around if cited in around else (cited,):
        shade = "" if passage == cited else "grey"
        if above is None or passage.trail != above.trail:
            parts.append(_trail(passage, shade))
        number = "" if above and passage.paragraph == above.paragraph else passage.paragraph
        parts.append(_cited(evidence, number) if passage == cited else _neighbour(passage, number))
        above = passage
    return "".join(parts)


def _trail(passage: Passage, shade: str) -> str:
    parts = [escape(part) for part in dict.fromkeys(passage.trail) if part]
    if not parts:
        return ""
    return f'<p class="trail {shade}">{" <span>›</span> ".join(parts)}</p>'


def _cited(evidence: Evidence, number: str) -> str:
    passage = evidence.passage
    lead = f'<p class="grey">{_lines(escape(passage.lead))}</p>' if passage.lead else ""
    words = _lines(marked(passage.text, evidence.start, evidence.end))
    return f'{lead}<p class="passage">{_numbered(number)}{words}</p>'


def _neighbour(passage: Passage, number: str) -> str:
    return f'<p class="grey">{_numbered(number)}{_lines(escape(passage.text))}</p>'


def _numbered(number: str) -> str:
    return f'<span class="para">{escape(number)}</span> ' if number else ""


def _lines(escaped: str) -> str:
    return escaped.replace("\n", "<br>")
