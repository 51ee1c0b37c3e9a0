"""Qingshanhu: 青山湖区区长质量奖管理办法."""

from oracle.conditions import (
    ACCIDENTS,
    FIVE,
    Case,
    Rules,
    accident,
    any_at_all,
    at_least,
    bans,
    is_true,
    no_records,
    of_level,
    own_records,
    plain,
    profitable,
    since,
    told,
    waiting_from_new_year,
)
from oracle.judged import judged


def organisation(case: Case) -> Rules:
    """Articles 10, 23 and 27."""
    considerable = at_least("considerable")
    things = {
        "registered_in_area": is_true(case, "registered_in_area"),
        "legal_person": is_true(case, "legal_person"),
        "operating_3_years": since(case, "operating_since", 3),
        "policy_compliant": is_true(case, "policy_compliant"),
        "qms_certified_2_years": since(case, "qms_certified_since", 2),
        "excellence_model_2_years": since(case, "excellence_model_since", 2),
        "supervision_colour_green": told(case, "supervision_colour", lambda c: c == "green"),
        "no_accidents_3_years": no_records(case, ACCIDENTS, accident("considerable", FIVE), 3),
        "no_quality_complaints_3_years": no_records(case, ("quality_complaint",), considerable, 3),
        "no_quality_claims_3_years": no_records(case, ("quality_claim",), any_at_all, 3),
        "no_failed_inspections_3_years": no_records(
            case, ("failed_inspection",), of_level("national", "provincial", "municipal"), 3
        ),
        "no_labour_dishonesty_3_years": no_records(case, ("labour_dishonesty",), considerable, 3),
        "no_other_violations_3_years": no_records(case, ("other_violation",), any_at_all, 3),
        "waiting_period_10_years": waiting_from_new_year(case, 10),
        "no_ban_after_fraud": bans(case, ("fraudulent_award",), 5),
    }
    rules = judged(case, "organisation") | {"profitable_2_years": profitable(case)}
    return rules | plain(things)


def individual(case: Case) -> Rules:
    """Articles 11 and 23; article 27 bars organisations only."""
    things = {
        "quality_work_10_years": since(case, "quality_work_since", 10),
        "organisation_no_accidents_3_years": no_records(
            case, ACCIDENTS, accident("considerable", FIVE), 3
        ),
        "no_violations": own_records(case, "own_violations", any_at_all),
        "waiting_period_10_years": waiting_from_new_year(case, 10),
    }
    return judged(case, "individual") | plain(things)
