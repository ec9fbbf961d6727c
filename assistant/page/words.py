"""Words made safe for HTML, and the cited ones marked."""

from __future__ import annotations

import html

# Beyond what HTML needs: signs that a template or a Markdown or maths renderer would act upon,
# so that the words stay words whatever they pass through on their way to the screen.
_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "`$\\{}[]*_"})


def escape(text: str) -> str:
    """The text as HTML that shows it, sign for sign."""
    return html.escape(text).translate(_SIGNS)


def marked(text: str, start: int, end: int) -> str:
    """The text as HTML with the words from `start` to `end` marked."""
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
