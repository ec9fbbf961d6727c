"""What an index was built from: the manifest of a generation, and what was left out of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import IndexUnusable

# Raised whenever a reader, the cutter or a stored form changes what an index holds.
FORMAT = 12
REBUILD = "run: assistant index --full"


# What the parts of an index raise on opening where their files are torn or are another's.
_DAMAGE = (
    OSError,
    EOFError,
    MemoryError,
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of the corpus that yielded no paper."""

    digest: str
    why: str


@dataclass(frozen=True, slots=True)
class HeldPart:
    """Pages of a paper that are not for publication, and the words that say so."""

    first: int | None
    last: int | None
    page: int | None  # where the words stand; None for a file's name, or where it has no pages
    words: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A file that the gate holds back, all of it or parts."""

    digest: str
    whole: bool
    parts: tuple[HeldPart, ...]

    def lines(self) -> list[str]:
        """One line for each part: which pages, and the words with their page."""
        return [f"{self._pages(part)}: {_quoted(part)}" for part in self.parts]

    def _pages(self, part: HeldPart) -> str:
        if self.whole:
            return "all of it"
        if part.first is None:
            return "a part of it"
        return (
            f"page {part.first}" if part.first == part.last else f"pages {part.first}-{part.last}"
        )


def _quoted(part: HeldPart) -> str:
    return f'"{part.words}"' + (f" on page {part.page}" if part.page else "")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A file that an officer has taken back."""

    digest: str
    text: str  # SHA-256 of its words, "" where they were never read
    words: str  # who, when and why


def reading_of(path: str, digest: str) -> tuple[str, str]:
    """What the words of a file depend on: its bytes, and the reader that its name asks for."""
    return digest, Path(path).suffix.lower()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from and with. Paths are below the corpus folder."""

    model: str
    papers: dict[str, str]  # path -> SHA-256 of the file
    copies: dict[str, str]  # path of a paper -> path of the same one that is indexed
    unreadable: dict[str, Unreadable]
    overrides: dict[str, str]  # path -> what papers.yaml says of it, as JSON
    passages: int
    texts: dict[str, str]  # path -> SHA-256 of the words of each file that was read
    withheld: dict[str, Withheld]
    withdrawn: dict[str, Withdrawn]
    released: dict[str, str]  # path -> who released it, when and why
    log: str  # SHA-256 of the log of releases
    ocr: bool  # whether scanned pages could be read
    format: int = FORMAT

    def known_texts(self) -> dict[tuple[str, str], str]:
        """The digest of the words of each file that was read, by its bytes and how it is read."""
        digests = self.all_digests()
        return {reading_of(path, digests[path]): text for path, text in self.texts.items()}

    def all_digests(self) -> dict[str, str]:
        """The digest of every file of the folder, whatever came of it."""
        rest = self.unreadable | self.withheld | self.withdrawn
        return {path: one.digest for path, one in rest.items()} | self.papers

    def bound_with(self, path: str) -> list[str]:
        """The packs that a paper is bound into, or the papers that are bound into it."""
        tied = [one for one, into in self.copies.items() if into == path]
        tied += [self.copies[path]] if path in self.copies else []
        return [one for one in tied if self.texts.get(one) != self.texts.get(path)]

    def secret_in(self, other: Manifest) -> str:
        """A paper, by its path there, that another index holds and this one may not; or ""."""
        digests, texts = set[str](), set[str]()
        for gone in self.withdrawn.values():
            digests.add(gone.digest)
            texts.add(gone.text)
        for path, digest in other.papers.items():
            text = other.texts.get(path, "")
            if path in self.withdrawn or digest in digests or (text and text in texts):
                return path
            if any(
                digest == held.digest or text == self.texts.get(name, "")
                for name, held in self.withheld.items()
                if held.parts != other.parts_of(path)
            ):
                return path
        return ""

    def parts_of(self, path: str) -> tuple[HeldPart, ...]:
        """What of a paper, or of the one that it is a copy of, is held back."""
        held = self.withheld.get(path) or self.withheld.get(self.copies.get(path, ""))
        return held.parts if held else ()


@contextmanager
def naming_damage(folder: Path) -> Iterator[None]:
    """Damage that shows in a generation's files, as IndexUnusable with the command to run."""
    try:
        yield
    except _DAMAGE as error:
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise IndexUnusable(f"{folder}: damaged index ({why}); {REBUILD}") from error


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation. Raises IndexUnusable for another format or a torn file."""
    with naming_damage(folder):
        known = json.loads((folder / "manifest.json").read_text("utf-8"))
        if known["format"] == FORMAT:
            manifest = _manifest_of(known)
            if all(isinstance(part, dict) for part in _maps(manifest)):
                return manifest
            raise ValueError("a list of papers is missing")
    raise IndexUnusable(f"{folder}: made by another version of the assistant; {REBUILD}")


def _manifest_of(known: dict[str, Any]) -> Manifest:
    """The manifest that a file's JSON holds."""
    unreadable = {path: Unreadable(**file) for path, file in known.pop("unreadable").items()}
    withdrawn = {path: Withdrawn(**file) for path, file in known.pop("withdrawn").items()}
    withheld = {
        path: Withheld(
            file["digest"], file["whole"], tuple(HeldPart(**part) for part in file["parts"])
        )
        for path, file in known.pop("withheld").items()
    }
    return Manifest(unreadable=unreadable, withdrawn=withdrawn, withheld=withheld, **known)


def _maps(manifest: Manifest) -> tuple[object, ...]:
    return (
        manifest.papers,
        manifest.copies,
        manifest.overrides,
        manifest.texts,
        manifest.released,
    )
