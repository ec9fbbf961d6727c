"""The HTML report: the tables, what changed, and every miss with all there is to judge it by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from evals.baseline import REFUSED_RIGHTLY, RIGHT_AND_CITED, Change
from evals.cases import Evidence, Kind
from evals.measures import Table
from evals.replies import Citation, Hit
from evals.scoring import Score, Stage

NEAREST = 3  # passages shown of those that were retrieved

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; margin: 0 0 2rem; font-size: .85rem; display: block;
  overflow-x: auto; }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid #ccc;
  white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
article { border: 1px solid #bbb; border-radius: .3rem; padding: .5rem 1rem; margin: 1rem 0; }
article h3 { margin: .3rem 0; font-size: 1.05rem; }
dt { font-weight: 600; margin-top: .5rem; }
dd { margin: 0 0 0 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
label { margin-right: 1.5rem; }
.stage { color: #9c1c00; font-weight: 600; }
.where { color: #555; }
[hidden] { display: none; }
"""

_SCRIPT = """
const misses = document.querySelectorAll("article");
const choices = document.querySelectorAll("select");
function choose() {
  let shown = 0;
  for (const miss of misses) {
    miss.hidden = [...choices].some(c => c.value && miss.dataset[c.name] !== c.value);
    shown += !miss.hidden;
  }
  document.getElementById("shown").textContent = shown;
}
for (const choice of choices) choice.addEventListener("change", choose);
"""


def write_report(
    path: Path,
    tables: Sequence[Table],
    scores: Mapping[str, Sequence[Score]],
    changes: Sequence[Change],
) -> None:
    """Write the report as one file that needs no other."""
    path.write_text(render_report(tables, scores, changes), encoding="utf-8")


def render_report(
    tables: Sequence[Table], scores: Mapping[str, Sequence[Score]], changes: Sequence[Change]
) -> str:
    """Return the report; all that comes from papers, questions and answers is escaped."""
    misses = [
        (suite, score)
        for suite, of_suite in scores.items()
        for score in of_suite
        if not score.passed or score.unsupported
    ]
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>Evaluation of the committee papers assistant</title><style>{_STYLE}</style>",
            "</head><body><h1>Evaluation of the committee papers assistant</h1>",
            *map(_table, tables),
            _changes(changes),
            f"<h2>Misses: <span id='shown'>{len(misses)}</span> of {len(misses)}</h2>",
            _filters(scores),
            *(_miss(suite, score) for suite, score in misses),
            f"<script>{_SCRIPT}</script></body></html>\n",
        ]
    )


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.columns)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(name)}</th>{_cells(cells)}</tr>'
        for name, *cells in table.rows
    )
    return (
        f"<h2>{escape(table.title)}</h2>\n<table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _cells(cells: Iterable[str]) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in cells)


def _changes(changes: Sequence[Change]) -> str:
    parts = ["<h2>Against the baseline</h2>"]
    if not changes:
        parts.append("<p>No baseline was saved for these suites.</p>")
    for change in changes:
        if change.measure in (RIGHT_AND_CITED, REFUSED_RIGHTLY):
            title = f"{change.suite}, {change.measure}: {change.before} to {change.now}"
            parts.append(f"<h3>{escape(title)}</h3><ul>")
            parts += [
                f'<li>newly wrong: <a href="#{_anchor(change.suite, s)}">{escape(s.case.id)}</a>, '
                f"{escape(s.failing)}: {escape(s.case.question)}</li>"
                for s in change.worse
            ]
            parts += [
                f"<li>newly right: {escape(s.case.id)}: {escape(s.case.question)}</li>"
                for s in change.better
            ]
            parts.append("</ul>")
    return "\n".join(parts)


def _anchor(suite: str, score: Score) -> str:
    return escape(f"{suite}-{score.case.id}")


def _filters(suites: Iterable[str]) -> str:
    lists: dict[str, list[str]] = {"suite": list(suites), "kind": list(Kind), "stage": list(Stage)}
    selects = (
        f'<label>{name} <select name="{name}"><option value="">all</option>'
        + "".join(f"<option>{escape(value)}</option>" for value in values)
        + "</select></label>"
        for name, values in lists.items()
    )
    return f"<p>{''.join(selects)}</p>"


def _miss(suite: str, score: Score) -> str:
    case, reply = score.case, score.reply
    said = f"<dt>{'Refused' if reply.refused else 'Answered'}</dt>"
    parts = [
        f'<article id="{_anchor(suite, score)}" data-suite="{escape(suite)}" '
        f'data-kind="{case.kind}" data-stage="{escape(score.stage or "")}">',
        f"<h3>{escape(case.question)}</h3>",
        f'<p><span class="where">{escape(suite)} {escape(case.id)}, {case.kind}, '
        f"evidence at rank {score.rank or '-'}</span> "
        f'<span class="stage">{escape(score.failing)}</span></p>',
        "<dl>",
        *(
            f"<dt>Asked before</dt><dd>{escape(turn.user)}\n{escape(turn.assistant)}</dd>"
            for turn in case.history
        ),
        *_section("Expected", [escape(case.answer), *map(_group, case.groups)]),
        *_section("Evidence, all of it" if case.all_needed else "Evidence", _evidence(score)),
        f"{said}<dd>{escape(reply.answer)}</dd>",
        *_section("Unsupported figures", map(escape, score.unsupported)),
        *_section("Cited", map(_citation, reply.citations)),
        *_section("Retrieved first", map(_hit, reply.hits[:NEAREST])),
        "</dl></article>",
    ]
    return "\n".join(parts)


def _section(title: str, entries: Iterable[str]) -> list[str]:
    details = [f"<dd>{entry}</dd>" for entry in entries if entry]
    return [f"<dt>{escape(title)}</dt>", *details] if details else []


def _group(alternatives: tuple[str, ...]) -> str:
    return '<span class="where">must show</span> ' + escape(" or ".join(alternatives))


def _evidence(score: Score) -> list[str]:
    return [_quoted(e, e.quote) for e in score.case.evidence]


def _citation(citation: Citation) -> str:
    return f"[{citation.number}] {_quoted(citation, citation.quote, citation.heading)}"


def _hit(hit: Hit) -> str:
    return _quoted(hit, hit.text, hit.heading)


def _quoted(source: Evidence | Citation | Hit, words: str, heading: str = "") -> str:
    page = f", page {source.page}" if source.page else ""
    above = f" ({heading})" if heading else ""
    return f'<span class="where">{escape(source.paper + page + above)}</span>\n{escape(words)}'
