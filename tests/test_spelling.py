import pytest

from assistant.spelling import Spelling, Surface

TEXTS = [
    "The budget of Brackwater rose; the survey of Brackwater.",
    "A budged door. Port port sport.",
]


def surface_of(texts):
    surface = Surface()
    for text in texts:
        surface.add(text)
    return surface


@pytest.fixture(scope="module")
def spelling(tmp_path_factory):
    file = tmp_path_factory.mktemp("words") / "surface.tsv"
    surface_of([*TEXTS, "Budget budget form form from"]).write(file)
    return Spelling(file)


def test_words_are_counted_with_their_capitals():
    surface = surface_of(["Dues dues Dues of May"])
    assert (surface.counts, surface.capitals) == ({"dues": 3}, {"dues": 2})


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("buget", "budget"),
        ("buddget", "budget"),
        ("bugdet", "budget"),
        ("sprot", "sport"),
        ("brakwatter", "brackwater"),
        ("whcih", "which"),
    ],
)
def test_a_letter_left_out_put_in_or_swapped_is_mended(slip, meant, spelling):
    assert spelling.meant(slip) == meant


@pytest.mark.parametrize("word", ["bgt", "bujjet", "cat", "brkwttr", ""])
def test_a_short_word_or_one_too_far_off_is_left(word, spelling):
    assert spelling.meant(word) == ""


def test_of_two_words_as_near_the_commoner_is_meant(spelling):
    assert spelling.meant("budgex") == "budget"


def test_of_two_words_as_near_the_one_that_begins_alike_is_meant(spelling):
    assert spelling.meant("poort") == "port"


def test_a_name_is_a_slip_of_a_name_only(spelling):
    assert spelling.meant("survay") == "survey"
    assert spelling.meant("survay", name=True) == ""
    assert spelling.meant("brackwatter", name=True) == "brackwater"


@pytest.mark.parametrize("word", ["budge", "surrey", "sprat"])
def test_a_word_of_the_language_is_no_slip_though_no_paper_uses_it(word, spelling):
    assert spelling.meant(word) == ""
