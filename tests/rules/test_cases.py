"""A case says whose rules, for which day, by which facts; nothing else, and all of it strictly."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from knowledge.load import load_regulation
from rules.cases import parse_case
from rules.facts import InputError
from rules.model import Facts, Tier, Track
from rules.periods import parse_interval

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CASE = {"jurisdiction": "qingshanhu", "track": "organisation", "as_of": "2026-11-20"}


def refused(case: object) -> InputError:
    """Return the error that a case is refused with."""
    with pytest.raises(InputError) as caught:
        parse_case(case, NOW)
    return caught.value


def test_a_case_names_its_rules_its_day_and_its_facts() -> None:
    """Jurisdiction, track and tier choose the rules; day and facts are read as they are told."""
    case = parse_case(CASE | {"tier": "nomination", "facts": {"operating_since": "2019"}}, NOW)
    rules = case.rule_set
    assert (rules.award, rules.track, rules.tier) == (
        "qingshanhu",
        Track.ORGANISATION,
        Tier.NOMINATION,
    )
    assert case.as_of == date(2026, 11, 20)
    assert case.facts == Facts(since={"operating_since": parse_interval("2019")})


def test_the_highest_award_and_no_facts_are_taken_for_granted() -> None:
    """Without a tier the award itself is meant; without facts nothing is known."""
    case = parse_case(CASE, NOW)
    assert (case.rule_set.tier, case.facts) == (Tier.AWARD, Facts())


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 20, 15, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 16, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_without_a_day_it_is_today_in_the_jurisdiction(now: datetime, expected: date) -> None:
    """The submission day is by default today by the clocks there, eight hours ahead of UTC."""
    case = {"jurisdiction": "qingshanhu", "track": "organisation"}
    assert parse_case(case, now).as_of == expected


@pytest.mark.parametrize(
    ("case", "path"),
    [
        (None, ""),
        ([], ""),
        ([CASE], ""),
        ("qingshanhu", ""),
        (7, ""),
        ({}, "jurisdiction"),
        ({"jurisdiction": "qingshanhu"}, "track"),
        ({"track": "organisation"}, "jurisdiction"),
        (CASE | {"fact": {}}, "fact"),
        (CASE | {"": {}}, ""),
        (CASE | {"jurisdiction": "nanchang"}, "jurisdiction"),
        (CASE | {"jurisdiction": "Qingshanhu"}, "jurisdiction"),
        (CASE | {"jurisdiction": "../qingshanhu"}, "jurisdiction"),
        (CASE | {"jurisdiction": None}, "jurisdiction"),
        (CASE | {"jurisdiction": ["qingshanhu"]}, "jurisdiction"),
        (CASE | {"track": "team"}, "track"),
        (CASE | {"track": None}, "track"),
        (CASE | {"track": True}, "track"),
        (CASE | {"tier": "silver"}, "tier"),
        (CASE | {"tier": None}, "tier"),
        (CASE | {"tier": ["award"]}, "tier"),
        (CASE | {"as_of": None}, "as_of"),
        (CASE | {"as_of": 20261120}, "as_of"),
        (CASE | {"as_of": ""}, "as_of"),
        (CASE | {"as_of": "2026"}, "as_of"),
        (CASE | {"as_of": "2026-11"}, "as_of"),
        (CASE | {"as_of": "2026-02-29"}, "as_of"),
        (CASE | {"as_of": "2026-11-20T00:00"}, "as_of"),
        (CASE | {"as_of": "[2026-11-20..2026-11-20]"}, "as_of"),
        (CASE | {"facts": None}, "facts"),
        (CASE | {"facts": []}, "facts"),
        (CASE | {"facts": {"does_not_hold": ["legal_person"]}}, "facts.does_not_hold[0]"),
        (CASE | {"facts": {"does_not_hold": ["ethics_and_standing"]}}, "facts.does_not_hold[0]"),
        (CASE | {"facts": {"operating_since": "2026-11-21"}}, "facts.operating_since"),
    ],
)
def test_what_is_malformed_is_refused_where_it_stands(case: object, path: str) -> None:
    """The error names the path of what is wrong, and has no article to cite."""
    problem = refused(case)
    assert (problem.path, problem.citation) == (path, None)


@pytest.mark.parametrize(
    ("jurisdiction", "track", "tier", "path", "label"),
    [
        ("qinzhou", "individual", None, "track", "第二条"),
        ("qinzhou", "individual", "nomination", "track", "第二条"),
        ("qinzhou", "individual", "gold", "track", "第二条"),
        ("qinzhou", "organisation", "gold", "tier", "第四条"),
        ("qingshanhu", "individual", "nomination", "tier", "第六条"),
        ("qingshanhu", "individual", "gold", "tier", "第六条"),
        ("qingshanhu", "organisation", "gold", "tier", "第六条"),
        ("lianyungang", "organisation", "gold", "tier", "第四条"),
        ("lianyungang", "individual", "gold", "tier", "第四条"),
        ("jian", "organisation", "gold", "tier", "第四条"),
        ("jian", "individual", "gold", "tier", "第四条"),
        ("changning", "organisation", "nomination", "tier", "第二条"),
        ("changning", "individual", "nomination", "tier", "第二条"),
    ],
)
def test_a_track_or_tier_that_there_is_not_is_refused_with_the_article(
    jurisdiction: str, track: str, tier: str | None, path: str, label: str
) -> None:
    """What a regulation does not award is refused by the article from which that follows."""
    case: dict[str, Any] = {"jurisdiction": jurisdiction, "track": track, "as_of": "2026-11-20"}
    problem = refused(case if tier is None else case | {"tier": tier})
    assert problem.path == path
    assert problem.citation is not None
    assert problem.citation.label == label
    article = load_regulation(jurisdiction).article_text(problem.citation.article)
    assert problem.citation.quote in article
    assert label in str(problem)


def test_a_matter_of_judgement_of_the_track_may_be_declared_not_to_hold() -> None:
    """Ids of the award's own matters of judgement are taken."""
    case = parse_case(CASE | {"facts": {"does_not_hold": ["leading_in_industry"]}}, NOW)
    assert case.facts.does_not_hold == frozenset({"leading_in_industry"})
