"""Cases worked by hand: what counts, whom it binds, and what several open matters come to."""

from oracle.worked import DAY, Facts, Table, accidents, has

GRAVITY: Table = {
    "Qo no_accidents_3_years": [
        (
            DAY,
            accidents(safety=[{"date": "2025-01-01", "severity": "considerable"}]),
            "unmet 2028-01-02",
        ),
        (
            DAY,
            accidents(safety=[{"date": "2025-01-01", "severity": "ordinary", "deaths": 2}]),
            "met",
        ),
        (DAY, accidents(safety=[{"date": "2025-01-01"}]), "unknown answer"),
        (DAY, accidents(safety=[{"date": "2023-11-19"}]), "met"),
        (
            DAY,
            accidents(drug_safety=[{"date": "2025-01-01", "severity": "major"}]),
            "unknown office",
        ),
        (DAY, accidents(drug_safety=[{"date": "2023", "severity": "major"}]), "unknown precision"),
    ],
    "Lo no_accidents_3_years": [
        (DAY, accidents(drug_safety=[{"date": "2025-01-01"}]), "unknown answer"),
    ],
    "Co no_accidents_3_years": [
        (
            DAY,
            accidents(drug_safety=[{"date": "2025-01-01", "severity": "major"}]),
            "unmet 2028-01-02",
        ),
        (DAY, accidents(safety=[{"date": "2025-01-01", "severity": "considerable"}]), "met"),
    ],
    "Zo no_major_accidents_3_years": [
        (
            DAY,
            accidents(food_safety=[{"date": "2025-01-01", "severity": "major"}]),
            "unknown office",
        ),
        (DAY, accidents(public_health=[{"date": "2025-01-01", "severity": "considerable"}]), "met"),
    ],
    "Jo no_accidents_3_years": [
        (
            DAY,
            accidents(safety=[{"date": "2025-01-01", "severity": "ordinary", "deaths": 1}]),
            "unmet 2028-01-02",
        ),
        (
            DAY,
            accidents(safety=[{"date": "2025-01-01", "severity": "major", "deaths": 0}]),
            "unknown office",
        ),
        (
            DAY,
            accidents(safety=[{"date": "2025-01-01", "severity": "ordinary", "deaths": 0}]),
            "met",
        ),
        (DAY, accidents(safety=[{"date": "2025-01-01", "severity": "ordinary"}]), "unknown answer"),
        (DAY, accidents(safety=[{"date": "2025-01-01", "deaths": 1}]), "unmet 2028-01-02"),
    ],
    "Ji organisation_no_fatal_accidents_3_years": [
        (DAY, has("safety_accident", "2025-01-01", deaths=0), "met"),
        (DAY, has("safety_accident", "2025-01-01", severity="major"), "unknown answer"),
    ],
    "Qo no_quality_complaints_3_years": [
        (DAY, has("quality_complaint", "2025", severity="considerable"), "unmet 2029-01-01"),
    ],
    "Lo no_major_quality_complaints_3_years": [
        (DAY, has("quality_complaint", "2025", severity="considerable"), "met"),
    ],
    "Qo no_failed_inspections_3_years": [
        (DAY, has("failed_inspection", "2025", level="industry"), "met"),
    ],
    "Lo no_failed_inspections_2_years": [
        (DAY, has("failed_inspection", "2025", level="industry"), "unmet 2028-01-01"),
        (DAY, has("failed_inspection", "2025", level="county"), "met"),
    ],
    "Jo no_failed_inspections_3_years": [
        (DAY, has("failed_inspection", "2025"), "unknown answer"),
    ],
    "Qo no_labour_dishonesty_3_years": [
        (DAY, has("labour_dishonesty", "2025", severity="considerable"), "unmet 2029-01-01"),
    ],
    "Lo no_labour_dishonesty_2_years": [
        (DAY, has("labour_dishonesty", "2025", severity="considerable"), "met"),
    ],
    "Jo no_tax_or_financial_dishonesty_3_years": [
        (DAY, has("tax_dishonesty", "2025", severity="major"), "unmet 2029-01-01"),
        (DAY, has("tax_dishonesty", "2025", severity="considerable"), "unknown answer"),
    ],
    "Ji no_major_tax_or_credit_dishonesty": [
        (DAY, {"own_tax_or_credit_dishonesty": [{"date": "1999"}]}, "unknown answer"),
    ],
    "Zo no_prominent_complaints_3_years": [
        (DAY, has("quality_complaint", "2025", severity="major"), "unmet 2029-01-01"),
        (DAY, has("quality_complaint", "2025", severity="ordinary"), "to_be_judged"),
        (DAY, has("quality_complaint", "2022", severity="major"), "met"),
        (DAY, {"does_not_hold": ["no_prominent_complaints_3_years"]}, "unmet never"),
    ],
    "Lo invention_patents": [
        (DAY, {"invention_patents": 0}, "unmet never"),
    ],
    "Jo safety_standardisation": [
        (DAY, {"safety_standardisation_level": 3}, "met"),
        (DAY, {"safety_standardisation_level": "none"}, "unmet never"),
    ],
    "Qo supervision_colour_green": [
        (DAY, {"supervision_colour": "yellow"}, "unmet never"),
    ],
    "Qo leading_in_industry": [
        (DAY, {"does_not_hold": ["leading_in_industry"]}, "unmet never"),
        (DAY, {}, "to_be_judged"),
    ],
}

FOR_PROFIT: Facts = {"nonprofit": False}
HEAD: Facts = {"is_head_of_organisation": True}
GATES: Table = {
    "Qo profitable_2_years": [
        (DAY, FOR_PROFIT | {"annual_results": {"2024": "profit", "2025": "profit"}}, "met"),
        (
            DAY,
            FOR_PROFIT | {"annual_results": {"2024": "loss", "2025": "profit"}},
            "unmet 2027-01-01",
        ),
        (DAY, FOR_PROFIT | {"annual_results": {"2025": "policy_loss"}}, "unmet 2028-01-01"),
    ],
    "Jo profitable_2_years": [
        (DAY, FOR_PROFIT | {"annual_results": {"2024": "break_even"}}, "unmet 2028-01-01"),
        (DAY, FOR_PROFIT | {"annual_results": {"2024": "profit"}}, "unknown answer"),
        (DAY, {"nonprofit": True, "annual_results": {"2025": "loss"}}, "not_applicable"),
        (DAY, {"annual_results": {"2024": "profit", "2025": "profit"}}, "met"),
        (DAY, {"annual_results": {"2025": "loss"}}, "unknown answer"),
    ],
    "Co no_loss_3_years": [
        (
            DAY,
            {"annual_results": {"2023": "policy_loss", "2024": "break_even", "2025": "profit"}},
            "met",
        ),
        (
            DAY,
            {
                "nonprofit": True,
                "annual_results": {"2023": "loss", "2024": "profit", "2025": "profit"},
            },
            "unmet 2027-01-01",
        ),
    ],
    "Lo no_export_rejections": [
        (DAY, has("export_rejection"), "met"),
        (DAY, has("export_rejection", "2020"), "unknown answer"),
        (DAY, {"exporter": False}, "not_applicable"),
        (DAY, {"exporter": True}, "unknown answer"),
    ],
    "Li organisation_integrity": [
        (DAY, {"is_head_of_organisation": False}, "not_applicable"),
        (DAY, {}, "to_be_judged"),
        (DAY, {"does_not_hold": ["organisation_integrity"]}, "unknown answer"),
        (DAY, HEAD | {"does_not_hold": ["organisation_integrity"]}, "unmet never"),
    ],
    "Li organisation_no_quality_claims_3_years": [
        (DAY, has("quality_claim", "2025"), "unknown answer"),
        (DAY, has("quality_claim"), "met"),
        (DAY, HEAD | has("quality_claim", "2025"), "unmet 2029-01-01"),
    ],
    "Li organisation_no_export_rejections": [
        (DAY, {"exporter": False}, "not_applicable"),
        (DAY, HEAD | has("export_rejection", "2020"), "unknown answer"),
    ],
}

# Several open matters beside one another; the drug-safety kind is unnamed in Qingshanhu's text.
STRADDLING: Facts = {"date": "2023", "severity": "major"}
INSIDE: Facts = {"date": "2025-01-01", "severity": "major"}
UNRATED: Facts = {"date": "2025-01-01"}
BESIDE: Table = {
    "Qo no_accidents_3_years": [
        (DAY, accidents(quality=[STRADDLING], drug_safety=[INSIDE]), "unknown precision"),
        (DAY, accidents(quality=[UNRATED], drug_safety=[INSIDE]), "unknown answer"),
        (DAY, accidents(quality=None, drug_safety=[INSIDE]), "unknown answer"),
        (DAY, accidents(quality=None, safety=[STRADDLING]), "unknown answer"),
        (DAY, accidents(quality=[UNRATED], safety=[STRADDLING]), "unknown answer"),
        (DAY, accidents(drug_safety=[UNRATED], safety=[STRADDLING]), "unknown precision"),
        (DAY, accidents(drug_safety=None, safety=[STRADDLING]), "unknown precision"),
        (DAY, accidents(drug_safety=[INSIDE, UNRATED]), "unknown office"),
        (DAY, accidents(quality=[{"date": "2023"}]), "unknown answer"),
        (DAY, accidents(drug_safety=None), "unknown answer"),
        (DAY, accidents(quality=None, safety=[INSIDE]), "unmet 2028-01-02"),
        (DAY, accidents(quality=[{"date": "2026"}], safety=[INSIDE]), "unmet 2029-11-21"),
        (DAY, accidents(drug_safety=[{"date": "2026-02"}], safety=[INSIDE]), "unmet 2029-03-01"),
    ],
    "Li organisation_no_quality_claims_3_years": [
        (DAY, has("quality_claim", "2023"), "unknown answer"),
        (DAY, HEAD | has("quality_claim", "2023"), "unknown precision"),
    ],
    "Zo no_prominent_complaints_3_years": [
        (DAY, has("quality_complaint", "2023", severity="ordinary"), "to_be_judged"),
        (DAY, has("quality_complaint", "2025"), "unknown answer"),
    ],
}
