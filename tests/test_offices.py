import pytest

from assistant.offices import periods_apart, wanted


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the dredging report?",
        "Who is the lead officer for dredging?",
        "Who is getting the chair job?",
        "Who asked the chief executive about the quay?",
        "Who are the Leader and the Chief Executive?",
    ],
)
def test_what_asks_more_than_who_holds_a_post_is_no_such_question(question):
    assert wanted(question) is None


def test_a_question_of_one_time_stays_whole():
    one = "Who was in the chair in March 2018, and who was the deputy?"
    assert periods_apart(one) == [one]
