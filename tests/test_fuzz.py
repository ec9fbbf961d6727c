"""Damaged copies of PDFs, made by chance: none stops a build, and each is listed."""

import os
import random
from pathlib import Path

import pytest
from making import build, contents

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"
SEED = 5
# More are tried with: FUZZED=2000 FUZZED_FROM=DIR pytest tests/test_fuzz.py
FUZZED = int(os.environ.get("FUZZED", "16"))
FUZZED_FROM = Path(os.environ.get("FUZZED_FROM", SAMPLE))
AT_ONCE = 50  # in one index


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


def damaged(folder, first, count):
    """The names of `count` damaged files, written into the folder."""
    seeds = [path.read_bytes() for path in sorted(FUZZED_FROM.rglob("*.pdf"))]
    names = set()
    for n in range(first, first + count):
        chance, way = random.Random(f"{SEED} {n}"), WAYS[n % len(WAYS)]
        names.add(f"{n:04d} {way.__name__}.pdf")
        (folder / f"{n:04d} {way.__name__}.pdf").write_bytes(way(chance.choice(seeds), chance))
    return names


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, FUZZED, AT_ONCE))
def test_every_damaged_pdf_is_listed_and_the_others_are_indexed(corpus, tmp_path, first):
    names = damaged(corpus, first, min(AT_ONCE, FUZZED - first))
    report = build(corpus, tmp_path / "index")
    listed = {*report.added, *report.unreadable, *report.held}
    assert listed >= names
    assert all(why and "\n" not in why for why in report.unreadable.values())
    assert {"harbour.md", "library.md"} <= contents(tmp_path / "index")[1].keys()
