"""The statements that the footer links: on accessibility, and on how the tool works."""

from __future__ import annotations

import re
from pathlib import Path

# Address -> what the link says
STATEMENTS = {
    "accessibility": "Accessibility statement",
    "transparency": "How this tool works: algorithmic transparency record",
}
_HERE = Path(__file__).parent
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 42rem; margin: 0 auto; padding: 1rem; font: 1.05rem/1.55 system-ui, "Segoe UI",
  Arial, sans-serif; color: #1b2430; background: #ffffff; overflow-wrap: anywhere; }
input, button { font: inherit; padding: 0.5rem 0.8rem; min-height: 2.6rem; max-width: 100%; }
button { color: #ffffff; background: #0b5d4e; border: 0; border-radius: 0.3rem; }
input { border: 2px solid #55606e; border-radius: 0.3rem; color: inherit; background: transparent; }
:focus-visible { outline: 3px solid #0b5d4e; outline-offset: 2px; }
a { color: #0b5d4e; } dt { font-weight: 600; margin-top: 0.6rem; } dd { margin: 0; }
.todo { padding: 0.6rem 0.9rem; border-left: 4px solid #b7791f; background: #fdf3dc; }
@media (prefers-color-scheme: dark) {
  body { color: #e8ecea; background: #131816; } a { color: #7fd1bd; }
  :focus-visible { outline-color: #7fd1bd; } .todo { background: #33290f; }
}
"""


def footer() -> str:
    """The links to the statements."""
    links = "".join(
        f'<li><a href="{address}">{name}</a></li>' for address, name in STATEMENTS.items()
    )
    return f'<nav class="footer" aria-label="About this page"><ul>{links}</ul></nav>'


def statement(address: str) -> str:
    """A statement as a whole page."""
    body = (_HERE / f"{address}.html").read_text("utf-8")
    return framed(re.findall(r"<h1>(.*?)</h1>", body)[0], body)


def framed(title: str, body: str, *, back: bool = True) -> str:
    """A page of its own beside the chat."""
    way = '<nav aria-label="Back"><a href="./">Back to the assistant</a></nav>' if back else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} - Committee papers assistant</title><style>{_STYLE}</style></head><body>"
        f"{way}<main>{body}</main>"
        "</body></html>"
    )
