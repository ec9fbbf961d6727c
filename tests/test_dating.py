"""Dating: a value counts for the years that are asked, a paper for those that it is called by."""

from making import make_passage, make_record

from assistant.dating import is_of_period
from assistant.questions import understand
from assistant.traits import traits_of


def test_words_of_other_years_answer_what_is_asked_of_a_paper_of_that_year(assistant):
    passage = make_passage("The fund began in 2016-17.", title="Harbours report 2019-20")
    record = make_record(path=passage.paper)
    told = traits_of(passage)
    of_paper, of_years = (
        understand(text, assistant.index.glossary, assistant.index.words)
        for text in (
            "When did the fund begin, per the 2019-20 harbours report?",
            "What did the fund hold in 2019-20?",
        )
    )
    assert is_of_period(of_paper, passage, told, record)
    assert not is_of_period(of_years, passage, told, record)
