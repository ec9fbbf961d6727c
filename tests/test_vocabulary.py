import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.vocabulary import Vocabulary, encoded, mapped, write_vocabulary


@settings(max_examples=25, deadline=None)
@given(st.sets(st.text(min_size=1, max_size=12), min_size=1), st.text(max_size=12))
def test_a_term_is_found_at_its_place_and_no_other_is(tmp_path_factory, terms, other):
    folder = tmp_path_factory.mktemp("terms")
    ordered = sorted(terms, key=encoded)
    write_vocabulary(folder, ordered)
    vocabulary = Vocabulary(folder)
    assert dict(vocabulary) == {term: number for number, term in enumerate(ordered)}
    assert (other in vocabulary) == (other in terms)


def test_terms_that_are_cut_short_are_refused(tmp_path):
    write_vocabulary(tmp_path, ["dues", "quay"])
    np.save(tmp_path / "terms.npy", np.frombuffer(b"due", dtype=np.uint8))
    with pytest.raises(ValueError, match="another index"):
        Vocabulary(tmp_path)


def test_an_array_of_another_type_is_refused(tmp_path):
    np.save(tmp_path / "a.npy", np.ones(3))
    with pytest.raises(ValueError, match="another type"):
        mapped(tmp_path / "a.npy", np.float32)
