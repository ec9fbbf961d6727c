"""The words of a line or cell without its markup: tags, emphasis, links, entities, odd glyphs."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from assistant.text import fold

BULLETS = "•▪●◦‣·○■□►➢➤✔§٠\uf0b7\uf0a7\uf0d8"

_NAMES = (
    "p|b|i|u|s|em|strong|span|font|div|a|sup|sub|br|hr|ol|ul|li|table|thead|tbody|tfoot|tr|td|th|"
    "h[1-6]|small|big|center|blockquote|mark|del|ins|code|pre|caption|section|article|nobr|wbr"
)
_TAG = re.compile(rf"<(/?)({_NAMES})(?=[\s/>])([^<>]*)>", re.I)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s]+)>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~$<>])")
_ESCAPED = re.compile("[\ue020-\ue07f]")
_STAR = re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])")
_UNDERSCORE = re.compile(r"(?<!\w)(_{1,2})(?=[^\s_])(.+?)(?<=[^\s_])\1(?!\w)")
_MARKED = re.compile("[<&*_\\[\\\\(\ue000-\uf8ff\u00b9\u00b2\u00b3\u2070-\u2079]")
_CID = re.compile(r"\(cid:\d+\)")
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S)

# A raised ordinal belongs to its figure and a raised unit to its letter; any other raised figure
# or sign is a footnote mark, which would read as part of the word or figure before it.
_ORDINAL = re.compile(r"(?<=\d)\s*<sup>\s*(st|nd|rd|th)\s*</sup>", re.I)
_POWER = re.compile(r"(?<![A-Za-z])((?:k|c|m)?m|ft|yd)<sup>\s*([23])\s*</sup>")
_FOOTNOTE = re.compile(r"\s*<sup>[\s\d,*†‡§()\[\]]*</sup>|(?<!\bm)(?<!km)(?<!cm)[¹²³⁰⁴-⁹]+", re.I)


def drop_scripts(text: str) -> tuple[str, int]:
    """The text without script and style elements, and how many there were."""
    return _SCRIPT.subn(" ", text)


def escape(text: str) -> str:
    """Words spelt so that `plain` gives them back: nothing in them is taken for markup."""
    return re.sub(r"([\\`*_\[\]#])", r"\\\1", html.escape(text, quote=False))


def is_bold(markup: str) -> bool:
    """Whether all the words of a line or cell are bold."""
    rest = re.sub(r"\*\*.+?\*\*|<(b|strong)\b[^>]*>.*?</\1>", "", markup, flags=re.I | re.S)
    return rest != markup and not re.search(r"\w", _TAG.sub("", rest))


def plain(markup: str) -> str:
    """The words alone; inner paragraphs and list items stand on lines of their own."""
    if not _MARKED.search(markup):
        return fold(markup)
    text = _ESCAPE.sub(lambda found: chr(0xE000 + ord(found[1])), markup)
    text = _ORDINAL.sub(r"\1", text)
    text = _FOOTNOTE.sub("", _POWER.sub(r"\1\2", text))
    text = _AUTOLINK.sub(r"\1", text)
    if "<" in text:
        text = _Layout().lay_out(text)
    lines = (fold(_words(line)) for line in text.split("\n"))
    return "\n".join(line for line in lines if line.strip("|• "))


def _words(line: str) -> str:
    line = _LINK.sub(lambda found: found[1] or found[0], line)
    line = _STAR.sub(r"\1", line.replace("**", ""))
    line = _UNDERSCORE.sub(r"\2", line)
    line = html.unescape(_CID.sub(" ", line))
    line = _ESCAPED.sub(lambda found: chr(ord(found[0]) - 0xE000), line)
    return re.sub("[\uf000-\uf8ff]", " ", line)


@dataclass
class _Layout:
    """Turns the tags of one cell into line breaks and list marks."""

    lists: list[tuple[str, int]] = field(default_factory=list)
    out: list[str] = field(default_factory=list)

    def lay_out(self, text: str) -> str:
        end = 0
        for tag in _TAG.finditer(text):
            self.out.append(text[end : tag.start()])
            self._take(tag[1] == "/", tag[2].lower(), tag[3])
            end = tag.end()
        self.out.append(text[end:])
        joined = "".join(self.out)
        joined = re.sub(rf"(\n(?:• |\w+[.)] ))\s*(?:<[^>]*>)?\s*[{BULLETS}]\s+", r"\1", joined)
        joined = re.sub(r"(\n(?:• |\w+[.)] ))\s*\n+", r"\1", joined)
        return re.sub(r"(\n\w+[.)] )\s*\1?(?:<[^>]*>)?\s*(?:\d{1,2}|[a-z])[.)]\s+", r"\1", joined)

    def _take(self, closes: bool, name: str, rest: str) -> None:
        if name in ("ol", "ul"):
            self._list(closes, name, rest)
        elif name == "li":
            self.out.append("\n" if closes else self._mark())
        elif name in ("td", "th"):
            self.out.append(" | " if closes else "")
        elif re.fullmatch(r"p|div|br|hr|tr|table|h\d|blockquote|section|article|caption", name):
            self.out.append("\n")

    def _list(self, closes: bool, name: str, rest: str) -> None:
        if closes:
            self.lists = self.lists[:-1]
        else:
            style = "• " if name == "ul" else "i" if "roman" in rest else "1"
            style = "a" if "alpha" in rest or re.search(r"type=.?a", rest, re.I) else style
            self.lists.append((style, 0))
        self.out.append("\n")

    def _mark(self) -> str:
        style, count = self.lists.pop() if self.lists else ("• ", 0)
        self.lists.append((style, count + 1))
        if style == "a" and count < 26:
            return f"\n{chr(ord('a') + count)}) "
        if style == "i" and count < 10:
            return f"\n{('i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x')[count]}) "
        return "\n• " if style == "• " else f"\n{count + 1}. "
