import numpy as np
from making import make_passage, make_record

from assistant.lexical import Lexical
from assistant.nearest import VECTORS
from assistant.store import Held, Store
from assistant.writing import ALL, STORE, WORDS, write_parts


def papers():
    for number in range(3):
        record = make_record(f"{number}.pdf")
        keys = range(2 * number, 2 * number + 2)
        made = [make_passage(f"Berth {key}.", key=key, paper=record.path) for key in keys]
        yield Held(record, record, tuple(made))


def test_papers_are_written_as_they_come_and_need_not_be_held_together(tmp_path):
    np.save(tmp_path / VECTORS, np.ones((6, 4), dtype=np.float32))
    write_parts(tmp_path, papers())
    store = Store(tmp_path / STORE)
    assert [one.text for one in store.every()] == [f"Berth {key}." for key in range(6)]
    assert [one.keys for one in store.documents()] == [range(0, 2), range(2, 4), range(4, 6)]
    assert Lexical(tmp_path / WORDS).scores({"berth": 1.0}).all()
    assert Lexical(tmp_path / ALL).scores({"harbour": 1.0}).all()
