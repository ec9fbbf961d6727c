"""Damaged copies of PDFs, made by chance: none stops a build, and each is listed."""

import os
import random
from pathlib import Path

import pytest
from making import build, contents

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"
SEED = 5
# More are tried with: FUZZED=2000 pytest tests/test_fuzz.py
FUZZED = int(os.environ.get("FUZZED", "16"))


def cut(data, chance):
    """The file broken off somewhere."""
    return data[: chance.randrange(len(data))]


def garble(data, chance):
    """A few bytes made others."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 200)):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)


def drop(data, chance):
    """A stretch left out."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 3_000) :]


def repeat(data, chance):
    """A stretch put in again elsewhere."""
    start, at = chance.randrange(len(data)), chance.randrange(len(data))
    return data[:at] + data[start : start + 2_000] + data[at:]


def renumber(data, chance):
    """Figures of references and lengths made others."""
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    changed = bytearray(data)
    for at in chance.sample(places, min(40, len(places))):
        changed[at] = chance.randint(48, 57)
    return bytes(changed)


WAYS = (cut, garble, drop, repeat, renumber)


@pytest.mark.slow
def test_every_damaged_pdf_is_listed_and_the_others_are_indexed(corpus, tmp_path):
    chance = random.Random(SEED)
    seeds = [path.read_bytes() for path in sorted(SAMPLE.glob("*.pdf"))]
    names = {f"{n:04d} {WAYS[n % len(WAYS)].__name__}.pdf" for n in range(FUZZED)}
    for n, name in enumerate(sorted(names)):
        (corpus / name).write_bytes(WAYS[n % len(WAYS)](chance.choice(seeds), chance))
    report = build(corpus, tmp_path / "index")
    listed = {*report.added, *report.unreadable, *report.held}
    assert listed >= names
    assert all(why and "\n" not in why for why in report.unreadable.values())
    assert {"harbour.md", "library.md"} <= contents(tmp_path / "index")[1].keys()
