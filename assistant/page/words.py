"""Words made safe for HTML, and the cited ones marked."""

from __future__ import annotations

import html

# Beyond what HTML needs: signs that a template or a Markdown or maths renderer would act upon,
# so that the words stay words whatever they pass through on their way to the screen.
_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "`$\\{}[]*_"})
# Marks that nobody sees and that turn the words around them: 5% could read as %5.
_TURNING = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def escape(text: str) -> str:
    """The text as HTML that shows it, sign for sign, in the order in which it is stored."""
    return html.escape(unturned(text)).translate(_SIGNS)


def unturned(text: str) -> str:
    """The text without the marks that turn its direction."""
    return text.translate(_TURNING)


def marked(text: str, start: int, end: int) -> str:
    """The text as HTML with the words from `start` to `end` marked."""
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
