"""Changning: 上海市长宁区政府质量奖管理办法."""

from datetime import date

from oracle.conditions import (
    ACCIDENTS,
    Case,
    Rules,
    any_at_all,
    at_least,
    bans,
    is_true,
    no_records,
    plain,
    results,
    since,
    waiting_through,
)
from oracle.judged import judged
from oracle.worlds import State, Thing, always


def bars(case: Case) -> dict[str, list[Thing]]:
    """Articles 18, 34 and 35, for organisations and individuals."""
    year = case.as_of.year

    def mended_at_new_year(day: date) -> str:
        return "unmet" if day.year == year else "met"

    applied = case.facts.get("applied_same_year_municipal")
    answers: list[list[State]] = []
    if applied in {None, False}:
        answers.append([always("met")])
    if applied in {None, True}:
        answers.append([mended_at_new_year])
    return {
        "not_same_year_municipal": [Thing(answers)],
        "waiting_period_5_years": waiting_through(case, case.tier, 5),
        "no_ban_after_fraud": bans(case, ("fraudulent_award",), 5),
        "no_ban_after_incident": bans(case, ("post_award_incident",), 5),
    }


def organisation(case: Case) -> Rules:
    """Articles 16, 18, 34 and 35."""
    things = bars(case) | {
        "registered_in_area": is_true(case, "registered_in_area"),
        "operating_3_years": since(case, "operating_since", 3),
        "policy_compliant": is_true(case, "policy_compliant"),
        "chief_quality_officer": is_true(case, "chief_quality_officer"),
        "no_loss_3_years": results(case, 3, {"profit", "break_even", "policy_loss"}),
        "no_accidents_3_years": no_records(case, ACCIDENTS, at_least("major"), 3),
        "no_major_quality_complaints_3_years": no_records(
            case, ("quality_complaint",), at_least("major"), 3
        ),
        "no_serious_dishonesty_3_years": no_records(case, ("serious_dishonesty",), any_at_all, 3),
    }
    return judged(case, "organisation") | plain(things)


def individual(case: Case) -> Rules:
    """Articles 17, 18, 34 and 35."""
    things = bars(case) | {
        "quality_work_in_area_5_years": since(case, "quality_work_in_area_since", 5),
        "organisation_no_accidents_3_years": no_records(case, ACCIDENTS, at_least("major"), 3),
        "organisation_no_major_quality_complaints_3_years": no_records(
            case, ("quality_complaint",), at_least("major"), 3
        ),
        "organisation_no_serious_dishonesty_3_years": no_records(
            case, ("serious_dishonesty",), any_at_all, 3
        ),
    }
    return judged(case, "individual") | plain(things)
