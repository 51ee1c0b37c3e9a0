"""Ji'an: 吉安市市长质量奖管理办法."""

from oracle.conditions import (
    ACCIDENTS,
    Case,
    Record,
    Rules,
    accident,
    any_at_all,
    at_least,
    bans,
    fatal_only,
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
from oracle.worlds import Thing

NAMED = ("quality_accident", *ACCIDENTS[2:5])  # 质量、环境污染、公共卫生、食品安全


def grave_or_fatal(kind: str, record: Record) -> str:
    """Let a fatal work-safety accident count; from 较大 without a death it is an unnamed kind."""
    if kind == "safety_accident" and record["deaths"] > 0:
        return "unmet"
    return accident("considerable", NAMED)(kind, record)


def bars(case: Case) -> dict[str, list[Thing]]:
    """Articles 5, 20 and 22, for organisations and individuals."""
    return {
        "waiting_period_5_years": waiting_from_new_year(case, 5),
        "no_ban_false_materials": bans(case, ("false_materials",), 5),
        "no_ban_after_fraud": bans(case, ("fraudulent_award",), 10),
    }


def standardised(case: Case) -> list[Thing]:
    """Return "三级及以上安全生产标准化证书"."""
    return told(case, "safety_standardisation_level", lambda level: level in {1, 2, 3})


def organisation(case: Case) -> Rules:
    """Articles 5, 10, 20 and 22."""
    rules = judged(case, "organisation") | {"profitable_2_years": profitable(case)}
    things = bars(case) | {
        "registered_in_area": is_true(case, "registered_in_area"),
        "legal_person": is_true(case, "legal_person"),
        "operating_3_years": since(case, "operating_since", 3),
        "policy_compliant": is_true(case, "policy_compliant"),
        "qms_certified_3_years": since(case, "qms_certified_since", 3),
        "excellence_model_1_year": since(case, "excellence_model_since", 1),
        "no_accidents_3_years": no_records(case, ACCIDENTS, grave_or_fatal, 3),
        "safety_standardisation": standardised(case),
        "no_major_quality_complaints_3_years": no_records(
            case, ("quality_complaint",), at_least("major"), 3
        ),
        "no_failed_inspections_3_years": no_records(
            case, ("failed_inspection",), of_level("national", "provincial", "municipal"), 3
        ),
        "no_labour_dishonesty_3_years": no_records(
            case, ("labour_dishonesty",), at_least("considerable"), 3
        ),
        "no_tax_or_financial_dishonesty_3_years": no_records(
            case, ("tax_dishonesty", "financial_dishonesty"), at_least("major"), 3
        ),
        "no_other_violations_3_years": no_records(case, ("other_violation",), any_at_all, 3),
    }
    return rules | plain(things)


def individual(case: Case) -> Rules:
    """Articles 5, 11, 20 and 22."""
    things = bars(case) | {
        "quality_work_5_years": since(case, "quality_work_since", 5),
        "organisation_no_accidents_3_years": no_records(case, ACCIDENTS, grave_or_fatal, 3),
        "no_major_tax_or_credit_dishonesty": own_records(
            case, "own_tax_or_credit_dishonesty", at_least("major")
        ),
        "no_violations": own_records(case, "own_violations", any_at_all),
        "organisation_no_fatal_accidents_3_years": no_records(
            case, ("safety_accident",), fatal_only, 3
        ),
        "organisation_safety_standardisation": standardised(case),
    }
    return judged(case, "individual") | plain(things)
