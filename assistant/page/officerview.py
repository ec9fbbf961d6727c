"""The officer's page as HTML: the sign-in, and the list of papers with what can be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.archives import ARCHIVES
from assistant.corpus import READERS
from assistant.page.ledger import STATES, Row
from assistant.page.rebuild import Progress
from assistant.page.words import escape
from assistant.releases import Act, Entry

MOST_ACTS = 20  # of the log that are shown
_ACTS = {
    Act.RELEASE: ("Release", "It is let in at the next rebuild."),
    Act.WITHDRAW: ("Withdraw", "It is taken out at once: a rebuild starts."),
}
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 72rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, "Segoe UI",
  Arial, sans-serif; color: #1b2430; background: #ffffff; overflow-wrap: anywhere; }
a { color: #0b5d4e; } h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
label { display: block; font-weight: 600; margin-top: 0.5rem; }
input { font: inherit; padding: 0.35rem; max-width: 100%; box-sizing: border-box; }
button, summary { min-height: 24px; font: inherit; padding: 0.3rem 0.8rem; cursor: pointer; }
button { color: #ffffff; background: #0b5d4e; border: 1px solid #0b5d4e; border-radius: 0.3rem; }
button:disabled { color: #4d5a56; background: #e3e8e6; border-color: #c8d0cd; cursor: default; }
form { margin: 0.4rem 0; } summary { padding-left: 0; white-space: nowrap; }
.note { padding: 0.6rem 0.9rem; border-left: 4px solid #0b5d4e; background: #eaf4f1; }
.failed { border-color: #b3261e; background: #fbeae9; }
.scrolls { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem;
  border-bottom: 1px solid #c8d0cd; overflow-wrap: break-word; }
tbody th { min-width: 12rem; overflow-wrap: anywhere; }
.grey { color: #4d5a56; } ul { margin: 0; padding-left: 1.1rem; }
@media (prefers-color-scheme: dark) {
  body { color: #e8ecea; background: #131816; } a { color: #7fd1bd; } .grey { color: #a9b5b0; }
  button { color: #131816; background: #7fd1bd; border-color: #7fd1bd; }
  button:disabled { color: #a9b5b0; background: #1c2a26; border-color: #3a4541; }
  .note { background: #1c2a26; } .failed { background: #3a1d1b; } th, td { border-color: #3a4541; }
}
"""


def page(title: str, body: str) -> str:
    """A whole page."""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style>"
        f'<script src="officer.js" defer></script></head><body><main>{body}</main></body></html>'
    )


def signin_page(told: str) -> str:
    """The form that asks for the password, with what came of the last one."""
    return page(
        "Officer: sign in",
        f"<h1>Officer: sign in</h1>{note(told, failed=True)}"
        '<form method="post" action="officer/in"><label for="password">Password</label>'
        '<input id="password" name="password" type="password" required '
        'autocomplete="current-password"> <button type="submit">Sign in</button></form>'
        '<p><a href="./">The councillors\' page</a></p>',
    )


def note(told: str, *, failed: bool = False) -> str:
    """One line in a frame, or nothing."""
    kind = "note failed" if failed else "note"
    return f'<p class="{kind}" role="status">{escape(told)}</p>' if told else ""


def desk_page(rows: Sequence[Row], log: Sequence[Entry], progress: Progress, told: str) -> str:
    """The page of an officer who is signed in."""
    return page(
        "Officer: papers",
        "<h1>Papers and index</h1>"
        '<form method="post" action="officer/out"><button type="submit">Sign out</button> '
        '<a href="./">The councillors\' page</a></form>'
        f"{note(told)}{_progress(progress)}{_tools(progress)}{_table(rows)}{_log(log)}",
    )


def _progress(progress: Progress) -> str:
    kind = "note failed" if progress.failed else "note"
    running = "yes" if progress.running else ""
    return (
        f'<p class="{kind}" id="progress" role="status" aria-live="polite" '
        f'data-running="{running}"{"" if progress.line else " hidden"}>{escape(progress.line)}</p>'
    )


def _tools(progress: Progress) -> str:
    off = " disabled" if progress.running else ""
    kinds = ",".join((*READERS, *ARCHIVES))
    return (
        '<h2>Add papers</h2><form method="post" action="officer/add" enctype="multipart/form-data">'
        f'<label for="files">Files ({kinds.replace(",", " ")})</label>'
        f'<input id="files" name="files" type="file" multiple required accept="{kinds}"> '
        '<button type="submit">Upload</button></form>'
        "<h2>Index</h2>"
        f'<form method="post" action="officer/rebuild"><button type="submit"{off}>Rebuild</button>'
        "</form>"
        f'<form method="post" action="officer/rollback"><button type="submit"{off}>'
        "Roll back to the index before</button></form>"
    )


def _table(rows: Sequence[Row]) -> str:
    counts = Counter(row.state for row in rows)
    told = ", ".join(f"{counts[state]} {state}" for state in STATES if counts[state])
    body = "".join(_row(row, number) for number, row in enumerate(rows))
    return (
        '<h2>Papers</h2><div class="scrolls" tabindex="0" role="region" aria-label="Papers"><table>'
        f"<caption>{told or 'No papers yet'}</caption><thead><tr>"
        '<th scope="col">Paper</th><th scope="col">Status</th><th scope="col">Why</th>'
        f'<th scope="col">Decide</th></tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(row: Row, number: int) -> str:
    about = escape(" · ".join(part for part in (row.title, row.meeting) if part))
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in row.reasons)
    acts = "".join(_act(row.path, act, f"{act}-{number}") for act in row.acts)
    return (
        f'<tr data-path="{escape(row.path)}"><th scope="row">{escape(row.path)}'
        f'<br><span class="grey">{about}</span></th><td>{row.state}</td>'
        f"<td>{f'<ul>{reasons}</ul>' if reasons else ''}</td><td>{acts}</td></tr>"
    )


def _act(path: str, act: Act, name: str) -> str:
    verb, what = _ACTS[act]
    return (
        f'<details><summary>{verb}<span class="grey"> …</span></summary>'
        f'<form method="post" action="officer/decide"><p class="grey">{what}</p>'
        f'<input type="hidden" name="act" value="{act}">'
        f'<input type="hidden" name="paper" value="{escape(path)}">'
        f'<label for="by-{name}">Who decided</label>'
        f'<input id="by-{name}" name="by" required maxlength="200" autocomplete="name">'
        f'<label for="why-{name}">Why</label>'
        f'<input id="why-{name}" name="why" required maxlength="500"> '
        f'<button type="submit">{verb}</button></form></details>'
    )


def _log(log: Sequence[Entry]) -> str:
    entries = "".join(
        f"<li>{escape(f'{entry.paper}: {entry}')}</li>" for entry in log[::-1][:MOST_ACTS]
    )
    return f"<h2>Last decisions</h2><ul>{entries}</ul>" if entries else ""
