import pytest

from assistant.glossary import Glossary, definitions

PAPERS = [
    "The Education, Health and Care Plan (EHCP) is new. Each EHCP is read.",
    "An education and harbour care programme (EHCP) began.",
    "An Education, Health and Care Plan (EHCP) ends.",
    "The MTFP (Medium Term Financial Plan) was agreed.",
]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("the Pilot Boat Reserve (PBR) grew", ("PBR", "Pilot Boat Reserve")),
        ("Special Educational Needs (“SEN”) rose", ("SEN", "Special Educational Needs")),
        ("Department for Education (DfE) said", ("DfE", "Department for Education")),
        ("Not in Education (NIE) yet", ("NIE", "Not in Education")),
        ("a Multi-Agency Hub (MAH) opened", ("MAH", "Multi-Agency Hub")),
        ("the MTFP (Medium Term Financial Plan) was", ("MTFP", "Medium Term Financial Plan")),
    ],
)
def test_an_acronym_is_defined_by_words_whose_initials_spell_it(text, pair):
    assert definitions(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "the harbour (PBR) grew",
        "Councillor Reed (Chair) spoke",
        "the harbour master (R) spoke",
        "£14 (VAT) extra",
        "it was noted (see Appendix A)",
    ],
)
def test_other_words_in_brackets_define_nothing(text):
    assert definitions(text) == []


def test_an_acronym_has_all_its_names_the_most_used_first():
    first, second = Glossary.mine(PAPERS).names("EHCP")
    assert "plan" in first and "programme" in second


@pytest.mark.parametrize("typed", ["EHCP", "ehcp", "EHCPs", "ehcps"])
def test_an_acronym_is_known_in_any_case_and_in_the_plural(typed):
    assert len(Glossary.mine(PAPERS).names(typed)) == 2


def test_a_full_name_has_its_acronym():
    glossary = Glossary.mine(PAPERS)
    assert glossary.acronyms("What is the Medium-Term Financial Plan?") == ["MTFP"]
    assert glossary.acronyms("What is the medium term plan?") == []


def test_an_acronym_that_no_paper_defines_has_no_name():
    assert Glossary.mine(PAPERS).names("XYZ") == []


def test_a_glossary_is_its_counts():
    mined = Glossary.mine(PAPERS)
    assert (
        Glossary(mined.counts).names("mtfp")
        == mined.names("mtfp")
        == ["medium term financial plan"]
    )


def test_an_acronym_that_is_defined_in_the_plural_is_known_in_both():
    glossary = Glossary.mine(["the Pilot Boat Reserves (PBRs) grew"])
    assert glossary.names("PBR") == glossary.names("PBRs") == ["pilot boat reserves"]


def test_a_common_acronym_needs_no_definition_and_gives_way_to_one():
    assert Glossary({}).names("KS2") == ["key stage 2"]
    assert Glossary({"FTE": {"fish to eat": 1}}).names("fte")[0] == "fish to eat"
