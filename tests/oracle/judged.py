"""Matters of judgement, by award and track: nobody can decide them in a chat."""

from oracle.conditions import Case, Rules
from oracle.worlds import Criterion, Thing, always

JUDGED = {
    ("qingshanhu", "organisation"): (
        "quality_benefit_and_contribution",
        "leading_in_industry",
        "integrity_and_reputation",
    ),
    ("qingshanhu", "individual"): (
        "contribution_to_excellence",
        "recognised_in_society",
        "ethics_and_standing",
    ),
    ("lianyungang", "organisation"): (
        "excellence_results",
        "products_and_ip_awareness",
        "performance_and_contribution",
        "integrity_and_reputation",
    ),
    ("lianyungang", "individual"): (
        "ethics_and_example",
        "outstanding_work",
        "organisation_integrity",
    ),
    ("changning", "organisation"): (
        "distinctive_quality_work",
        "leading_last_year",
        "responsibility_and_credit",
    ),
    ("changning", "individual"): ("own_method_and_contribution", "organisation_standing"),
    ("jian", "organisation"): (
        "supports_policies",
        "quality_benefit_and_contribution",
        "leading_in_industry",
        "integrity_and_reputation",
    ),
    ("jian", "individual"): (
        "supports_policies",
        "contribution_to_excellence",
        "recognised_in_society",
        "ethics_and_standing",
    ),
    ("qinzhou", "organisation"): (
        "quality_system_works",
        "leading_in_area",
        "quality_integrity",
        "no_prominent_complaints_3_years",
    ),
}


def declared_not_to_hold(case: Case, identifier: str) -> bool:
    """Say whether the applicant says of a matter of judgement that it does not hold."""
    return identifier in case.facts.get("does_not_hold", [])


def judged(case: Case, track: str) -> Rules:
    """Return the matters of judgement of an award and track."""
    return {
        identifier: Criterion(
            [
                Thing(
                    [
                        [
                            always(
                                "unmet"
                                if declared_not_to_hold(case, identifier)
                                else "to_be_judged"
                            )
                        ]
                    ]
                )
            ]
        )
        for identifier in JUDGED[case.jurisdiction, track]
    }
