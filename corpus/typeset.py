"""Typesets every paper in sources/ into sample/, the same bytes each time."""

from __future__ import annotations

import sys
from pathlib import Path

import typst

CORPUS = Path(__file__).parent
SOURCES = CORPUS / "sources"
SAMPLE = CORPUS / "sample"
SHARED_LOOK = "council.typ"


def sources() -> list[Path]:
    """The papers to typeset, in name order; the look they share is not a paper."""
    return sorted(path for path in SOURCES.glob("*.typ") if path.name != SHARED_LOOK)


def typeset(source: Path) -> bytes:
    """The PDF of one paper. Only the fonts inside typst are used, so that every machine agrees."""
    pdf = typst.compile(
        source, root=SOURCES, ignore_system_fonts=True, font_paths=[], pdf_tags=False
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst gave no single PDF for {source.name}")
    return pdf


def main() -> int:
    """Writes the PDFs; with --check writes nothing and names those that differ."""
    SAMPLE.mkdir(exist_ok=True)
    differing = []
    for source in sources():
        target = SAMPLE / f"{source.stem}.pdf"
        pdf = typeset(source)
        if "--check" in sys.argv[1:]:
            if not target.exists() or target.read_bytes() != pdf:
                differing.append(target.name)
            continue
        target.write_bytes(pdf)
        print(f"{len(pdf) // 1024:4d} KB  {target.name}")
    for name in differing:
        print(f"differs from its source: {name}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
