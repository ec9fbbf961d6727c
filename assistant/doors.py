"""The doors to the readers: each file is read in a child process, and nothing of that loads here.

A build that loaded the readers' libraries too would spend a fifth of a second on them.
"""

from __future__ import annotations

from pathlib import Path

from assistant.guarded import SECONDS, read_guarded
from assistant.ocr import SECONDS_OF_OCR, is_installed
from assistant.papers import Reading

SPARE = 10.0  # seconds that a child may take to start and to hand over what it read
SECONDS_OF_TEXT = 60.0


def read_pdf_safely(
    path: Path, seconds: float = SECONDS, scanning: float = SECONDS_OF_OCR
) -> Reading:
    """The blocks of a PDF, read in a child process that may neither stall nor eat the memory.

    Where scanned pages can be read they get so many seconds more.
    """
    spare = scanning + SPARE if is_installed() else SPARE
    return read_guarded("assistant.pdf", path, str(scanning), seconds=seconds, spare=spare)


def read_docx_safely(path: Path, seconds: float = SECONDS) -> Reading:
    """The blocks of a Word document, read in a child process with limits on time and memory."""
    return read_guarded("assistant.office", path, seconds=seconds)


def read_text_safely(path: Path, seconds: float = SECONDS_OF_TEXT) -> Reading:
    """What a text or Markdown file holds, read in a child process with limits."""
    return read_guarded("assistant.scribe", path, "text", seconds=seconds)


def read_html_safely(path: Path, seconds: float = SECONDS_OF_TEXT) -> Reading:
    """What a web page holds, read in a child process with limits."""
    return read_guarded("assistant.scribe", path, "html", seconds=seconds)
