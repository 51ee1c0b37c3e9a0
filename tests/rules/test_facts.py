"""Facts are read strictly: whatever is odd is an error that says where, and is never ignored."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import InputError, parse_facts
from rules.model import Event, Facts, Severity, Track
from rules.periods import parse_interval

AS_OF = date(2026, 11, 20)
JUDGED = ("leading_in_industry", "integrity_and_reputation")
BOTH = {
    "exporter",
    "safety_standardisation_level",
    "applied_same_year_municipal",
    "records",
    "past_awards",
    "sanctions",
    "does_not_hold",
}
ORGANISATION = {
    "registered_in_area",
    "legal_person",
    "operating_since",
    "operating_continuously",
    "policy_compliant",
    "nonprofit",
    "qms_certified_since",
    "excellence_model_since",
    "annual_results",
    "has_registered_trademark",
    "invention_patents",
    "quality_staff_ratio_rising",
    "chief_quality_officer",
    "supervision_colour",
}
INDIVIDUAL = {
    "quality_work_since",
    "quality_work_in_area_since",
    "is_head_of_organisation",
    "own_violations",
    "own_tax_or_credit_dishonesty",
}
RECORD_KINDS = """
    quality_accident safety_accident pollution_accident public_health_accident
    food_safety_accident drug_safety_accident quality_complaint quality_claim failed_inspection
    labour_dishonesty tax_dishonesty financial_dishonesty serious_dishonesty export_rejection
    other_violation
"""
KEYS = [("organisation", key) for key in sorted(ORGANISATION | BOTH)] + [
    ("individual", key) for key in sorted(INDIVIDUAL | BOTH)
]


def read(facts: object, track: str = "organisation") -> Facts:
    """Read facts for the day of filing that all of these tests use."""
    return parse_facts(facts, Track(track), AS_OF, JUDGED)


def refused(facts: object, track: str = "organisation") -> InputError:
    """Return the error that facts are refused with."""
    with pytest.raises(InputError) as caught:
        read(facts, track)
    return caught.value


def with_record(**attributes: object) -> dict[str, Any]:
    """Return facts with a good record, and a second one with these attributes."""
    return {"records": {"failed_inspection": [{"date": "2020"}, {"date": "2020"} | attributes]}}


def with_award(**attributes: object) -> dict[str, Any]:
    """Return facts with one award that was won, changed so."""
    award = {"jurisdiction": "jian", "tier": "award", "date": "2020"} | attributes
    return {"past_awards": [{key: value for key, value in award.items() if value != "left out"}]}


def with_sanction(**attributes: object) -> dict[str, Any]:
    """Return facts with one sanction, changed so."""
    sanction = {"jurisdiction": "jian", "kind": "false_materials", "date": "2020"} | attributes
    return {"sanctions": [{key: value for key, value in sanction.items() if value != "left out"}]}


@pytest.mark.parametrize(("track", "key"), KEYS)
@pytest.mark.parametrize("value", [None, {"a": 1}, -1, 1.0, "", "no such value"])
def test_no_fact_takes_just_any_value(track: str, key: str, value: object) -> None:
    """Null, a negative or broken number, an odd word or object is refused for every fact."""
    assert refused({key: value}, track).path.startswith(f"facts.{key}")


@pytest.mark.parametrize(
    ("track", "key"),
    [("organisation", key) for key in sorted(INDIVIDUAL)]
    + [("individual", key) for key in sorted(ORGANISATION)],
)
def test_a_fact_of_the_other_track_is_refused(track: str, key: str) -> None:
    """What is asked of organisations is not a person's, nor the other way round."""
    problem = refused({key: True}, track)
    assert (problem.path, problem.values) == (f"facts.{key}", {"track": track})


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ([], "facts"),
        (None, "facts"),
        ("{}", "facts"),
        ({"shoe_size": 42}, "facts.shoe_size"),
        ({"Registered_in_area": True}, "facts.Registered_in_area"),
        ({"": True}, "facts."),
        ({"registered_in_area": 1}, "facts.registered_in_area"),
        ({"registered_in_area": "yes"}, "facts.registered_in_area"),
        ({"registered_in_area": []}, "facts.registered_in_area"),
        ({"operating_since": "none"}, "facts.operating_since"),
        ({"operating_since": 2019}, "facts.operating_since"),
        ({"operating_since": "2019-02-29"}, "facts.operating_since"),
        ({"operating_since": "[..]"}, "facts.operating_since"),
        ({"operating_since": "[2020..2019]"}, "facts.operating_since"),
        ({"operating_since": "2026-11-21"}, "facts.operating_since"),
        ({"operating_since": "2026-12"}, "facts.operating_since"),
        ({"operating_since": "[2027..]"}, "facts.operating_since"),
        ({"qms_certified_since": "None"}, "facts.qms_certified_since"),
        ({"qms_certified_since": False}, "facts.qms_certified_since"),
        ({"invention_patents": True}, "facts.invention_patents"),
        ({"invention_patents": 1.0}, "facts.invention_patents"),
        ({"invention_patents": "1"}, "facts.invention_patents"),
        ({"invention_patents": -1}, "facts.invention_patents"),
        ({"supervision_colour": "GREEN"}, "facts.supervision_colour"),
        ({"safety_standardisation_level": True}, "facts.safety_standardisation_level"),
        ({"safety_standardisation_level": 1.0}, "facts.safety_standardisation_level"),
        ({"safety_standardisation_level": "1"}, "facts.safety_standardisation_level"),
        ({"safety_standardisation_level": 0}, "facts.safety_standardisation_level"),
        ({"safety_standardisation_level": 4}, "facts.safety_standardisation_level"),
        ({"annual_results": []}, "facts.annual_results"),
        ({"annual_results": {"2026": "profit"}}, "facts.annual_results.2026"),
        ({"annual_results": {"2027": "profit"}}, "facts.annual_results.2027"),
        ({"annual_results": {"25": "profit"}}, "facts.annual_results.25"),
        ({"annual_results": {"0000": "profit"}}, "facts.annual_results.0000"),
        ({"annual_results": {" 2025": "profit"}}, "facts.annual_results. 2025"),
        ({"annual_results": {"２０２５": "profit"}}, "facts.annual_results.２０２５"),
        ({"annual_results": {"2025": "good"}}, "facts.annual_results.2025"),
        ({"annual_results": {"2025": None}}, "facts.annual_results.2025"),
        ({"records": []}, "facts.records"),
        ({"records": {"fire": []}}, "facts.records.fire"),
        ({"records": {"own_violations": []}}, "facts.records.own_violations"),
        ({"records": {"failed_inspection": None}}, "facts.records.failed_inspection"),
        ({"records": {"failed_inspection": {}}}, "facts.records.failed_inspection"),
        ({"records": {"failed_inspection": ["2020"]}}, "facts.records.failed_inspection[0]"),
        ({"records": {"failed_inspection": [{}]}}, "facts.records.failed_inspection[0].date"),
        (with_record(date=None), "facts.records.failed_inspection[1].date"),
        (with_record(date="2020-13"), "facts.records.failed_inspection[1].date"),
        (with_record(severity=None), "facts.records.failed_inspection[1].severity"),
        (with_record(severity="grave"), "facts.records.failed_inspection[1].severity"),
        (with_record(severity=3), "facts.records.failed_inspection[1].severity"),
        (with_record(deaths=-1), "facts.records.failed_inspection[1].deaths"),
        (with_record(deaths=True), "facts.records.failed_inspection[1].deaths"),
        (with_record(deaths=0.0), "facts.records.failed_inspection[1].deaths"),
        (with_record(level="city"), "facts.records.failed_inspection[1].level"),
        (with_record(level=[]), "facts.records.failed_inspection[1].level"),
        (with_record(kind="x"), "facts.records.failed_inspection[1].kind"),
        ({"past_awards": {}}, "facts.past_awards"),
        ({"past_awards": ["jian"]}, "facts.past_awards[0]"),
        (with_award(jurisdiction="left out"), "facts.past_awards[0].jurisdiction"),
        (with_award(tier="left out"), "facts.past_awards[0].tier"),
        (with_award(date="left out"), "facts.past_awards[0].date"),
        (with_award(jurisdiction=""), "facts.past_awards[0].jurisdiction"),
        (with_award(jurisdiction="jian "), "facts.past_awards[0].jurisdiction"),
        (with_award(jurisdiction=None), "facts.past_awards[0].jurisdiction"),
        (with_award(tier="silver"), "facts.past_awards[0].tier"),
        (with_award(tier=None), "facts.past_awards[0].tier"),
        (with_award(date="2020-02-30"), "facts.past_awards[0].date"),
        (with_award(kind="award"), "facts.past_awards[0].kind"),
        (with_sanction(jurisdiction="left out"), "facts.sanctions[0].jurisdiction"),
        (with_sanction(kind="left out"), "facts.sanctions[0].kind"),
        (with_sanction(date="left out"), "facts.sanctions[0].date"),
        (with_sanction(kind="theft"), "facts.sanctions[0].kind"),
        (with_sanction(date="[..]"), "facts.sanctions[0].date"),
        (with_sanction(severity="major"), "facts.sanctions[0].severity"),
        ({"does_not_hold": "leading_in_industry"}, "facts.does_not_hold"),
        ({"does_not_hold": ["leading_in_industry", "legal_person"]}, "facts.does_not_hold[1]"),
        ({"does_not_hold": [None]}, "facts.does_not_hold[0]"),
        ({"does_not_hold": [["leading_in_industry"]]}, "facts.does_not_hold[0]"),
    ],
)
def test_what_is_malformed_is_refused_where_it_stands(facts: object, path: str) -> None:
    """The error names the path of the value that is wrong."""
    assert refused(facts).path == path


def test_an_error_is_one_sentence() -> None:
    """As text, an error is where it is and what was expected, with nothing left to fill in."""
    problem = refused({"supervision_colour": "blue"})
    assert str(problem).startswith("facts.supervision_colour: ")
    assert "green, yellow, orange, red" in str(problem)
    assert "{" not in str(problem)


def test_what_is_well_formed_is_read_as_it_is_told() -> None:
    """Every sort of fact of an organisation finds its place, and what was not told none."""
    facts = read(
        {
            "registered_in_area": False,
            "operating_since": "2019-05",
            "qms_certified_since": "none",
            "annual_results": {"2025": "policy_loss"},
            "invention_patents": 0,
            "supervision_colour": "green",
            "safety_standardisation_level": 3,
            "records": {
                "quality_claim": [],
                "safety_accident": [{"date": "2024", "severity": "major", "deaths": 0}],
                "failed_inspection": [{"date": "2027", "level": "industry"}],
            },
            "past_awards": [{"jurisdiction": "nanchang", "tier": "award", "date": "[..2020]"}],
            "sanctions": [],
            "does_not_hold": ["leading_in_industry"],
        }
    )
    year = parse_interval("2024")
    assert facts == Facts(
        yes_no={"registered_in_area": False},
        since={"operating_since": parse_interval("2019-05"), "qms_certified_since": None},
        count={"invention_patents": 0},
        choice={"supervision_colour": "green", "safety_standardisation_level": "3"},
        annual_results={2025: "policy_loss"},
        records={
            "quality_claim": (),
            "safety_accident": (Event("safety_accident", year, Severity.MAJOR, deaths=0),),
            "failed_inspection": (
                Event("failed_inspection", parse_interval("2027"), level="industry"),
            ),
        },
        past_awards=(Event("award", parse_interval("[..2020]"), jurisdiction="nanchang"),),
        sanctions=(),
        does_not_hold=frozenset({"leading_in_industry"}),
    )


def test_a_persons_own_records_are_read_beside_the_organisations() -> None:
    """A person's own violations and those of the organisation are kept apart by kind."""
    facts = read({"own_violations": [{"date": "2020"}], "records": {}}, "individual")
    assert facts.records == {"own_violations": (Event("own_violations", parse_interval("2020")),)}


@pytest.mark.parametrize("kind", RECORD_KINDS.split())
def test_every_kind_of_the_contract_can_be_told(kind: str) -> None:
    """ "None" can be told of each kind of record, and is not the same as not telling."""
    assert read({"records": {kind: []}}).records == {kind: ()}


def test_nothing_told_is_nothing_known() -> None:
    """Without answers every fact is absent, awards and sanctions too."""
    facts = read({})
    assert facts == Facts()
    assert (facts.past_awards, facts.sanctions) == (None, None)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["date", "level", "kind", "2025", ""]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    track=st.sampled_from(["organisation", "individual"]),
    facts=st.dictionaries(
        st.sampled_from(sorted(ORGANISATION | INDIVIDUAL | BOTH)) | st.text(max_size=5),
        ANYTHING,
        max_size=3,
    ),
)
def test_whatever_is_sent_is_read_or_refused(track: str, facts: dict[str, Any]) -> None:
    """Nothing but an error that names a path within the facts comes of nonsense."""
    try:
        read(facts, track)
    except InputError as problem:
        assert problem.path.startswith("facts.")  # noqa: PT017 - most nonsense is refused
