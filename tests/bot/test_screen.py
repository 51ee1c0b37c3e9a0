"""``award-bot screen``: a result has the form of the contract and says what was found."""

import json
import re
from pathlib import Path

import pytest
from oracle.law import verdict
from random_cases import SEATS, Seat, found, random_case
from screened import CASE, Json, case, printed, results

from knowledge.load import load_regulation

LOCALES = ("zh_Hans", "zh_Hant", "en")
SOURCES = Path(__file__).parents[2].parent / "shared" / "regulations"
LABEL = re.compile(r"第[一二三四五六七八九十]+条(第（[一二三四五六七八九十]+）项)?")
FORM = {
    "jurisdiction": str,
    "track": str,
    "tier": str,
    "as_of": str,
    "in_force": bool,
    "outcome": str,
    "eligible_from": str | None,
    "criteria": list,
    "notes": list,
}
CRITERION = {
    "id": str,
    "status": str,
    "citation": dict,
    "explanation": str,
    "advice": str | None,
    "met_from": str | None,
    "needs": str | None,
    "assumes": str | None,
    "reading": str | None,
}
CITATION = {"article": int, "item": int | None, "label": str, "quote": str}


def has_form(value: Json, form: Json) -> bool:
    """Say whether an object has the keys of a form in their order, each of its type."""
    return list(value) == list(form) and all(
        isinstance(value[key], kind) and (kind is bool or not isinstance(value[key], bool))
        for key, kind in form.items()
    )


def test_the_example_of_the_contract() -> None:
    """A certificate of 20 May 2025 is two years old on 20 May 2027, by article 10 item 3."""
    status, [result] = results(case(qms_certified_since="2025-05-20"))
    by_id = {each["id"]: each for each in result["criteria"]}
    certificate = by_id["qms_certified_2_years"]
    citation = certificate["citation"]
    assert (status, result["outcome"], result["eligible_from"]) == (0, "not_yet", "2027-05-20")
    assert (certificate["status"], certificate["met_from"]) == ("unmet", "2027-05-20")
    assert (citation["article"], citation["item"]) == (10, 3)
    assert citation["label"] == "第十条第（三）项"
    assert citation["quote"].startswith("取得ISO9001")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("seat", SEATS, ids=" ".join)
def test_every_result_has_the_form_of_the_contract(seat: Seat, locale: str) -> None:
    """Each result and each criterion has every key, and says nothing but what was found."""
    for seed in range(12):
        asked = random_case(seed, (0.3, 0.7, 1.0)[seed % 3], seat)
        status, [result] = results(json.dumps(asked), locale)
        assert status == 0
        assert has_form(result, FORM)
        expected = verdict(asked)["criteria"]
        for each in result["criteria"]:
            assert has_form(each, CRITERION)
            assert {key: each[key] for key in ("status", "met_from", "needs")} == expected[
                each["id"]
            ]
            assert each["explanation"]
            assert each["advice"] or each["status"] not in {"unmet", "unknown"}
        assert [each["id"] for each in result["criteria"]] == list(found(asked)["criteria"])


@pytest.mark.parametrize("seat", SEATS, ids=" ".join)
def test_every_citation_is_the_regulations_own_wording(seat: Seat) -> None:
    """A quote is a contiguous piece of its article, labelled alike in every regulation."""
    regulation = load_regulation(seat[0])
    _, [result] = results(json.dumps(random_case(1, 0.5, seat)))
    for each in result["criteria"]:
        citation = each["citation"]
        assert has_form(citation, CITATION)
        assert LABEL.fullmatch(citation["label"])
        assert ("项" in citation["label"]) is (citation["item"] is not None)
        assert citation["quote"] in regulation.article_text(citation["article"])


@pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the published texts are not beside the repository"
)
@pytest.mark.parametrize("seat", SEATS, ids=" ".join)
def test_every_quote_stands_in_the_published_text(seat: Seat) -> None:
    """A quote is a piece of the text as it was published, but for its line breaks."""
    published = (SOURCES / f"{seat[0]}.txt").read_text(encoding="utf-8").replace("\n", "")
    _, [result] = results(json.dumps(random_case(1, 0.5, seat)))
    quotes = [each["citation"]["quote"] for each in result["criteria"]]
    assert [quote for quote in quotes if quote not in published] == []


def test_where_a_day_decides_the_advice_says_where_the_line_runs() -> None:
    """Of a certificate of some day in 2024 it is said by which day it would do."""
    _, [result] = results(case(qms_certified_since="2024"))
    by_id = {each["id"]: each for each in result["criteria"]}
    assert by_id["qms_certified_2_years"]["needs"] == "precision"
    assert "2024年11月20日" in by_id["qms_certified_2_years"]["advice"]


def test_a_profit_that_is_yet_to_be_made_is_said_to_be_assumed() -> None:
    """Where the day rests on years to come, what has to happen in them is said."""
    asked = case(nonprofit=False, annual_results={"2025": "loss", "2024": "profit"})
    _, [result] = results(asked)
    profitable = next(each for each in result["criteria"] if each["id"] == "profitable_2_years")
    assert profitable["met_from"] == "2028-01-01"
    assert profitable["assumes"]


@pytest.mark.parametrize(
    ("as_of", "in_force", "named"),
    [
        ("2023-11-14", False, "2023年11月15日"),
        ("2028-11-15", False, "2028年11月14日"),
        ("2028-11-14", True, None),
    ],
)
def test_outside_its_days_in_force_a_regulation_decides_nothing(
    as_of: str,
    in_force: bool,  # noqa: FBT001 - a table's column
    named: str | None,
) -> None:
    """The criteria are given all the same, with a note of when the regulation is in force."""
    asked = CASE | {"jurisdiction": "changning", "as_of": as_of}
    _, [result] = results(json.dumps(asked))
    assert result["in_force"] is in_force
    assert (result["outcome"], result["eligible_from"]) == ("undetermined", None)
    assert result["criteria"]
    assert named is None or any(named in note for note in result["notes"])


def test_a_day_after_the_last_one_in_force_is_given_with_a_note() -> None:
    """Who may apply only when Changning's regulation has run out is told the day and that."""
    won = [{"jurisdiction": "changning", "tier": "award", "date": "2025-01-01"}]
    asked = CASE | {"jurisdiction": "changning", "facts": {"past_awards": won}}
    _, [result] = results(json.dumps(asked))
    assert (result["outcome"], result["eligible_from"]) == ("not_yet", "2030-01-02")
    assert any("2028年11月14日" in note for note in result["notes"])


@pytest.mark.parametrize("locale", LOCALES)
def test_as_text_a_result_is_a_page_for_people(locale: str) -> None:
    """The page names the shortfall's article with its quote, and an error its line and path."""
    status, page = printed(case(qms_certified_since="2025-05-20"), "text", locale)
    assert (status, "第十条第（三）项" in page, "取得ISO9001" in page) == (0, True, True)
    status, page = printed(json.dumps(CASE | {"tier": "gold", "as_of": "2026"}), "text", locale)
    assert (status, "as_of" in page, "Traceback" in page) == (2, True, False)
