"""Which words mark a paper as not for publication, and which only speak of such papers."""

import pytest

from assistant.markings import (
    hidden_appendices,
    is_marked_heading,
    is_marking,
    is_running_marking,
    is_secret_status,
    marking_in_name,
    restricted_flag,
    says_of_itself,
)

MARKINGS = [
    "NOT FOR PUBLICATION",
    "Not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A",
    "(NOT FOR PUBLICATION: By virtue of paragraph(s) 3, 7 of Schedule 12A)",
    "Exempt - paragraph 3 of Part 1 of Schedule 12A",
    "By virtue of paragraph(s) 3 of Part 1 of Schedule 12A of the Local Government Act 1972.",
    "EXEMPT",
    "EXEMPT - Land at Brook Farm",
    "EXEMPT/CONFIDENTIAL",
    "Exempt from publication under paragraph 3",
    "Exempt report",
    "CONFIDENTIAL",
    "Confidential: not for publication",
    "PRIVATE AND CONFIDENTIAL",
    "PINK PAPERS",
    "NOTFORPUBLICATION",
    "Not forpublication",
    "Printed on pink paper",
    "PART 2 - EXEMPT ITEMS",
    "Part II: Private",
    "RESTRICTED",
    "OFFICIAL-SENSITIVE",
    "Item 12 - EXEMPT",
]
NO_MARKINGS = [
    "EXEMPT BUSINESS",
    "EXEMPT ITEMS",
    "Private/Exempt Items for Decision",
    "There are no exempt items.",
    "(There were no exempt items when this agenda was drawn up.)",
    "Exempt information: none",
    "Exempt appendices: None",
    "Not for publication: none",
    "UNRESTRICTED ITEMS",
    "Restricted funds",
    "Restricted byways",
    "Exempt accommodation",
    "Exempt offers to support carers",
    "Confidential Reporting Policy",
    "Confidential waste",
    "Private Sector Housing",
    "Part 2 Private hire licensing",
    "Part 2 of the Act",
    "Document is Restricted",
    "Appendix B (public version; exempt text redacted)",
]


@pytest.mark.parametrize("line", MARKINGS)
def test_a_line_that_says_it_is_not_for_publication_is_a_marking(line):
    assert is_marking(line)


@pytest.mark.parametrize("line", NO_MARKINGS)
def test_a_line_that_only_speaks_of_exempt_matters_is_none(line):
    assert not is_marking(line) and not is_marked_heading(line)


@pytest.mark.parametrize(
    "line", ["Appendix 2 (Exempt)", "Appendix 3 – Lease terms – CONFIDENTIAL", "Exempt Appendix B"]
)
def test_a_heading_may_carry_the_marking_beside_its_name(line):
    assert is_marked_heading(line)


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("Harbours Committee | NOT FOR PUBLICATION | Page 4", True),
        ("Page 4 of 9 CONFIDENTIAL", True),
        ("Exempt - paragraph 3", True),
        ("Harbours Committee, 3 May 2024", False),
        ("Exempt Accommodation Strategy 2024", False),
        ("UNRESTRICTED", False),
        ("NOT EXEMPT", False),
    ],
)
def test_a_running_line_may_hold_a_marking_among_other_words(line, held):
    assert is_running_marking(line) is held


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("This report is not for publication by virtue of paragraph 3.", True),
        ("This report contains exempt information as defined in paragraph 1.", True),
        ("This report and its appendices are confidential.", True),
        ("The report is considered to be exempt from publication.", True),
        ("This report is exempt from call-in.", False),
        ("This report is not exempt.", False),
        ("This report contains no exempt information.", False),
        ("This report is public, but Appendix 2 is exempt.", False),
        ("Appendix 2 to this report is exempt.", False),
        ("This report has an exempt appendix.", False),
        ("This report is restricted to the harbours of the county.", False),
    ],
)
def test_a_report_may_say_of_itself_that_it_is_held_back(text, held):
    assert says_of_itself(text) is held


@pytest.mark.parametrize(
    ("label", "value", "held"),
    [
        ("Report Status", "Exempt (paragraph 3)", True),
        ("Report Status", "Public (the exemption paragraph is N/A)", False),
        ("Report Status", "Public with exempt Appendix 2", False),
        ("Report Status", "Part exempt", False),
        ("Classification", "Restricted", True),
        ("Classification", "Unrestricted", False),
        ("Exempt", "Yes", True),
        ("Exempt", "No", False),
        ("For publication", "No", True),
        ("Public or private", "Private", True),
        ("Exempt information", "Appendix 2 only", False),
        ("isrestricted", "True", True),
        ("isrestricted", "False", False),
        ("Public Access", "Fully exempt", False),  # the label of a forward plan
    ],
)
def test_the_status_in_a_reports_head_holds_it_or_not(label, value, held):
    assert is_secret_status(label, value) is held


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Appendix 2 is exempt by virtue of paragraph 3.", {"2"}),
        ("Appendix B – Valuation (EXEMPT)", {"b"}),
        ("Appendices 2 and 3 to this report are not for publication.", {"2", "3"}),
        ("The figures are in exempt Appendix C.", {"c"}),
        ("Not for publication: Appendix 2", {"2"}),
        ("Exempt information: Appendices B and C (paragraph 3)", {"b", "c"}),
        ("Appendix 1 is not exempt.", set()),
        ("Appendix 4 – Map", set()),
        ("Appendix A - Exempt accommodation", set()),
    ],
)
def test_appendices_that_a_text_says_are_exempt_are_known_by_name(text, names):
    assert hidden_appendices(text) == names


@pytest.mark.parametrize(
    "name",
    [
        "Private reports pack 13th-Mar-2025 15.00 Cabinet.pdf",
        "(Private Pack)Agenda Document for Cabinet, 13/03/2025 15:00",
        "Exempt Appendix 2.pdf",
        "Appendix%202%20-%20CONFIDENTIAL.pdf",
        "NOT_FOR_PUBLICATION.pdf",
        "exempt-report.docx",
        "Restricted Minutes.pdf",
        "Cabinet - Exempt.pdf",
    ],
)
def test_a_name_may_hold_a_file_back(name):
    assert marking_in_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Public reports pack 13th-Mar-2025 15.00 Cabinet.pdf",
        "Unrestricted report.pdf",
        "Exempt accommodation strategy.pdf",
        "Exemptions policy.pdf",
        "Confidential Reporting Policy.pdf",
        "Appendix C - Confidential waste.pdf",
        "Private Sector Housing Strategy.pdf",
        "Private hire report.pdf",
        "Appendix 2 - redacted (exempt text removed).pdf",
    ],
)
def test_a_name_that_speaks_of_other_exemptions_holds_nothing(name):
    assert marking_in_name(name) == ""


def test_the_flag_of_a_meeting_system_is_found():
    assert restricted_flag("<item isrestricted='True'>") and restricted_flag("isrestricted=True")
    assert restricted_flag("isrestricted=False") == ""
