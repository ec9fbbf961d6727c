import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from starlette.responses import PlainTextResponse

from assistant.answers import Answer, Citation, Refusal
from assistant.evidence import Evidence
from assistant.page import render
from assistant.page.rows import table
from assistant.page.safety import Safety, safe_page
from assistant.page.told import Told
from assistant.page.words import escape, marked
from assistant.papers import Kind, PaperRecord
from assistant.passages import Passage, Place

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "[click](javascript:alert(1))",
    "![x](http://elsewhere.example/x.png)",
    "${alert(1)} {{alert(1)}} `x`",
    "$$\\href{javascript:alert(1)}{x}$$",
    "</mark></p></details><iframe src=//elsewhere.example>",
]
RECORD = PaperRecord(
    "a/paper.pdf", "d", "Bus routes", "report", "Fenshire", "Cabinet", date(2024, 10, 24), 9
)


def passage(text, key=1, **beside):
    return Passage(
        key=key,
        paper="a/paper.pdf",
        kind=beside.pop("kind", Kind.PARAGRAPH),
        text=text,
        places=(Place(0, 3, "", None),),
        **beside,
    )


def answer(words, around=(), text=None, **beside):
    cited = passage(words, **beside)
    citation = Citation(1, Evidence(cited, 0, len(words)), RECORD)
    reply = Answer(f"{text or words} [1]", (citation,))
    return render.told(Told(reply, {cited.key: [*around, cited]}), 1)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_leave_no_tag_and_no_sign_a_template_acts_on(text):
    shown = escape(text)
    assert not set("<>\"'`${}[]\\") & set(shown.replace("&#", ""))


def test_marks_that_turn_the_direction_of_words_are_not_shown():
    assert escape("5\u202e%\u2066 of\u200f all") == "5% of all"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_paper_adds_no_tag_to_an_answer(text):
    tame = answer("x" * len(text), title="t", trail=("t",), text="word")
    assert answer(text, title=text, trail=(text,), text="word").count("<") == tame.count("<")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_question_adds_no_tag_to_a_turn(text):
    assert render.asked(text, "").count("<") == render.asked("word", "").count("<")


def test_a_hostile_record_adds_no_tag_to_the_list_of_papers():
    hostile = replace(RECORD, title=HOSTILE[0], committee=HOSTILE[1], remarks=(HOSTILE[2],))
    tame = replace(RECORD, remarks=("word",))
    assert render.papers_list([hostile]).count("<") == render.papers_list([tame]).count("<")


def test_a_paper_that_another_supplements_is_named_by_its_title_in_the_list():
    later = replace(RECORD, path="a/later.pdf", remarks=("supplements a/paper.pdf",))
    assert "supplements “Bus routes”" in render.papers_list([RECORD, later])
    assert "supplements a/paper.pdf" in render.papers_list([later])


def test_the_line_says_how_many_papers_and_up_to_which_meeting():
    earlier = replace(RECORD, meeting_date=date(2024, 1, 5))
    assert "Papers up to 24 October 2024 (2 indexed)" in render.papers_line([RECORD, earlier])


def test_papers_without_a_date_are_counted_without_one():
    assert ">1 paper indexed<" in render.papers_line([replace(RECORD, meeting_date=None)])


def test_the_cited_words_are_marked_within_their_passage():
    assert marked("Fares rose by a tenth.", 6, 10) == "Fares <mark>rose</mark> by a tenth."


def test_a_mark_in_the_answer_leads_to_its_citation():
    shown = answer("Fares rose.")
    assert 'href="#turn-1-source-1"' in shown and 'id="turn-1-source-1"' in shown


def test_the_mark_names_the_place_and_aloud_the_meeting_too():
    shown = answer("Fares rose.", item="7", paragraph="4.3")
    link = shown[shown.index('<a class="cite"') : shown.index("</a>")]
    assert link.endswith(">Cabinet, 24 October 2024, item 7, </span>paragraph 4.3, page 3")


def test_a_citation_is_labelled_as_a_person_would_say_it():
    shown = answer("Fares rose.", item="7", title="Bus routes", paragraph="4.3")
    assert "Cabinet, 24 October 2024, item 7, paragraph 4.3, page 3" in shown


def test_the_passage_before_stands_in_grey_under_its_own_headings():
    before = passage("Routes were cut.", key=0, trail=("Background",))
    shown = answer("Fares rose.", [before], trail=("Costs",))
    places = [shown.index(words) for words in ("Background", "Routes", "Costs", "<mark>")]
    assert places == sorted(places)


def row(*cells, key=1, number=1):
    return passage(
        " | ".join(cell for cell in cells if cell),
        key=key,
        kind=Kind.TABLE_ROW,
        cells=cells,
        heads=("Route", "2023", "2024"),
        table=number,
    )


def test_a_row_comes_as_a_table_with_heads_and_only_its_marked_cells():
    cited = row("Route 9", "", "40%")
    shown = table(Evidence(cited, 10, 13), [cited])
    assert '<th scope="col">2024</th>' in shown
    assert "<td>Route 9</td><td></td><td><mark>40%</mark></td>" in shown


def test_the_neighbours_of_a_row_are_of_its_own_table():
    cited, other = row("Route 9", "38%", "40%"), row("Tram", "1%", "2%", key=2, number=2)
    fellow = row("Route 8", "30%", "31%", key=0)
    shown = table(Evidence(cited, 0, 3), [fellow, cited, other])
    assert "Route 8" in shown and "Tram" not in shown


@pytest.mark.parametrize("line", ["boats let, Bay, 2023", *HOSTILE])
def test_the_question_as_understood_is_shown_as_plain_words(assistant, line):
    found = assistant.search("How many boats were let in 2023?")
    understood = replace(found.question.understood, matter=line)
    refusal = Refusal("Not said.", (), replace(found.question, understood=understood))
    shown = render.told(Told(refusal, {}), 1)
    assert f"Understood as: {escape(understood.line)}" in shown


def test_a_refusal_shows_the_nearest_passages_folded_away():
    nearest = Citation(1, Evidence(passage("Fares rose."), 0, 11), RECORD)
    shown = render.told(Told(Refusal("The papers do not say.", (nearest,)), {}), 1)
    assert 'class="note refusal"' in shown and "Nearest passages" in shown


def test_a_reply_is_read_aloud_without_its_marks():
    reply = Answer(
        "Fares rose. [1]", (Citation(1, Evidence(passage("Fares rose."), 0, 11), RECORD),)
    )
    assert render.spoken(reply).strip() == "Answer: Fares rose."


def test_where_there_is_no_index_the_command_to_run_is_shown():
    assert "<code>assistant index</code>" in render.no_papers(
        "x: no index here; run: assistant index"
    )


def test_the_page_keeps_no_tag_that_leads_elsewhere():
    tags = (
        '<script src="https://cdn.example/a.js"></script><link href="//fonts.example/a" rel="x">'
        '<meta property="og:image" content="https://a.example/b.jpg" />'
    )
    assert safe_page(f"<head>{tags}</head>", "n") == "<head></head>"


def test_only_the_pages_own_scripts_carry_the_nonce():
    assert safe_page("<script>1</script><p>&lt;script&gt;", "n") == (
        '<script nonce="n">1</script><p>&lt;script&gt;'
    )


def answered(path, length=b"0"):
    """The status and headers of a page that is asked for through the safeguards."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "path": path,
        "method": "POST",
        "headers": [(b"content-length", length)],
    }
    # The browser tests leave a loop running in this thread.
    with ThreadPoolExecutor(1) as pool:
        answer = Safety(PlainTextResponse("open"))(scope, receive, send)
        pool.submit(asyncio.run, answer).result()
    return sent[0]["status"], dict(sent[0]["headers"])


def test_nobody_uploads_a_file_to_the_page_or_fetches_through_it():
    for door in ("upload", "upload/", "component_server/", "proxy=https://elsewhere.example/a"):
        assert answered(f"/gradio_api/{door}")[0] == 404
    assert answered("/gradio_api/queue/join")[0] == 200


@pytest.mark.parametrize("length", [b"262145", b"", b"-1"])
def test_nobody_fills_the_memory_with_what_is_sent(length):
    assert answered("/gradio_api/run/predict", length)[0] == 413
    assert answered("/gradio_api/run/predict", b"262144")[0] == 200
    assert answered("/officer/add", length)[0] == 200  # sees to it itself


def test_every_response_forbids_other_hosts_and_papers_run_no_script():
    assert b"default-src 'self'" in answered("/page.js")[1][b"content-security-policy"]
    assert b"script-src 'none'" in answered("/paper")[1][b"content-security-policy"]
