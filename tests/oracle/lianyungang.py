"""Lianyungang: 连云港市市长质量奖管理办法."""

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
    since,
    told,
    waiting_through,
)
from oracle.judged import judged
from oracle.worlds import Criterion, Thing


def article_8_6(case: Case) -> dict[str, list[Thing]]:
    """Article 8(6), which article 9(4) also lays on heads of organisations."""
    major = at_least("major")
    return {
        "no_accidents_3_years": no_records(case, ACCIDENTS, accident("considerable", FIVE), 3),
        "no_major_quality_complaints_3_years": no_records(case, ("quality_complaint",), major, 3),
        "no_quality_claims_3_years": no_records(case, ("quality_claim",), any_at_all, 3),
        "no_failed_inspections_2_years": no_records(
            case,
            ("failed_inspection",),
            of_level("national", "industry", "provincial", "municipal"),
            2,
        ),
        "no_labour_dishonesty_2_years": no_records(case, ("labour_dishonesty",), major, 2),
        "no_other_violations_2_years": no_records(case, ("other_violation",), any_at_all, 2),
        "no_export_rejections": no_records(case, ("export_rejection",), any_at_all, None),
    }


def bars(case: Case) -> dict[str, list[Thing]]:
    """Articles 14 to 16, for organisations and individuals."""
    return {
        "no_ban_false_materials": bans(case, ("false_materials",), 3),
        "no_ban_after_fraud": bans(case, ("fraudulent_award",), 5),
        "no_ban_after_incident": bans(case, ("post_award_incident",), 5),
        "waiting_period_5_years": waiting_through(case, "award", 5),
    }


def organisation(case: Case) -> Rules:
    """Articles 8 and 14 to 16."""
    integrity = plain(article_8_6(case))
    rejections = integrity["no_export_rejections"].things
    integrity["no_export_rejections"] = Criterion(rejections, (case.facts.get("exporter"),))
    things = bars(case) | {
        "registered_in_area": is_true(case, "registered_in_area"),
        "legal_person": is_true(case, "legal_person"),
        "policy_compliant": is_true(case, "policy_compliant"),
        "operating_3_years": since(case, "operating_since", 3),
        "operating_continuously": is_true(case, "operating_continuously"),
        "qms_certified": since(case, "qms_certified_since", 0),
        "excellence_model_adopted": since(case, "excellence_model_since", 0),
        "registered_trademark": is_true(case, "has_registered_trademark"),
        "invention_patents": told(case, "invention_patents", lambda count: count >= 1),
        "quality_staff_ratio_rising": is_true(case, "quality_staff_ratio_rising"),
    }
    return judged(case, "organisation") | integrity | plain(things)


def individual(case: Case) -> Rules:
    """Articles 9 and 14 to 16."""
    head = case.facts.get("is_head_of_organisation")
    rules = judged(case, "individual")
    rules["organisation_integrity"] = Criterion(rules["organisation_integrity"].things, (head,))
    for identifier, each in article_8_6(case).items():
        exporter = (case.facts.get("exporter"),) if identifier == "no_export_rejections" else ()
        rules[f"organisation_{identifier}"] = Criterion(each, (head, *exporter))
    things = bars(case) | {
        "quality_work_in_area_10_years": since(case, "quality_work_in_area_since", 10),
        "no_violations": own_records(case, "own_violations", any_at_all),
        "good_credit": own_records(case, "own_tax_or_credit_dishonesty", any_at_all),
    }
    return rules | plain(things)
