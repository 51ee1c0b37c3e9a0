"""Qinzhou: 钦州市市长质量奖评审管理办法（2021年修订）."""

from oracle.conditions import (
    ACCIDENTS,
    FOUR,
    Case,
    Gravity,
    Record,
    Rules,
    accident,
    any_at_all,
    at_least,
    awards,
    bans,
    clean,
    is_true,
    no_records,
    plain,
    reached,
    since,
)
from oracle.judged import declared_not_to_hold, judged
from oracle.worlds import Criterion


def complaint(kind: str, record: Record) -> str:
    """Let a complaint count from 重大; whether a lesser one is a 突出问题 is judged."""
    grave: Gravity = at_least("major")
    return "unmet" if grave(kind, record) == "unmet" else "to_be_judged"


def organisation(case: Case) -> Rules:
    """Articles 13 and 25."""
    things = {
        "registered_in_area": is_true(case, "registered_in_area"),
        "legal_person": is_true(case, "legal_person"),
        "operating_3_years": since(case, "operating_since", 3),
        "policy_compliant": is_true(case, "policy_compliant"),
        "excellence_model_adopted": since(case, "excellence_model_since", 0),
        "no_major_accidents_3_years": no_records(case, ACCIDENTS, accident("major", FOUR), 3),
        "no_violations": no_records(case, ("other_violation",), any_at_all, None),
        "waiting_period_5_years": awards(case, ("award",), lambda won: reached(won, 5)),
        "no_ban_after_fraud": bans(case, ("false_materials", "fraudulent_award"), 5),
    }
    rules = judged(case, "organisation") | plain(things)
    if not declared_not_to_hold(case, "no_prominent_complaints_3_years"):
        complaints = case.facts.get("records", {}).get("quality_complaint")
        rules["no_prominent_complaints_3_years"] = Criterion(
            clean(case, "quality_complaint", complaints, complaint, 3)
        )
    return rules
