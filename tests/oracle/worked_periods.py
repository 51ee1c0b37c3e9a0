"""Cases worked by hand: anniversaries, windows, waiting periods and bans."""

from oracle.worked import DAY, Table, has, punished, won

ANNIVERSARIES: Table = {
    "Qo operating_3_years": [
        (DAY, {"operating_since": "2023-11-20"}, "met"),
        (DAY, {"operating_since": "2023-11-21"}, "unmet 2026-11-21"),
        (DAY, {"operating_since": "2022"}, "met"),
        (DAY, {"operating_since": "2023"}, "unknown precision"),
        (DAY, {"operating_since": "2023-11"}, "unknown precision"),
        (DAY, {"operating_since": "2024"}, "unmet 2027-12-31"),
        (DAY, {"operating_since": "2026"}, "unmet 2029-11-20"),
        (DAY, {"operating_since": "[..2023-11-20]"}, "met"),
        (DAY, {"operating_since": "[..2023-11-21]"}, "unknown precision"),
        (DAY, {"operating_since": "[2024..]"}, "unmet 2029-11-20"),
        (DAY, {}, "unknown answer"),
        ("2027-02-28", {"operating_since": "2024-02-29"}, "met"),
        ("2027-02-27", {"operating_since": "2024-02"}, "unknown precision"),
        ("2027-02-27", {"operating_since": "2024-02-29"}, "unmet 2027-02-28"),
        ("2028-02-28", {"operating_since": "2025-02-28"}, "met"),
    ],
    "Qo qms_certified_2_years": [
        (DAY, {"qms_certified_since": "2025-05-20"}, "unmet 2027-05-20"),
        (DAY, {"qms_certified_since": "[2023-11-21..2024-11-20]"}, "met"),
        (DAY, {"qms_certified_since": "none"}, "unmet never"),
    ],
    "Qo excellence_model_2_years": [
        (DAY, {"excellence_model_since": "2024-11-21"}, "unmet 2026-11-21"),
    ],
    "Jo qms_certified_3_years": [
        (DAY, {"qms_certified_since": "2024-11-20"}, "unmet 2027-11-20"),
    ],
    "Jo excellence_model_1_year": [
        (DAY, {"excellence_model_since": "2025-11-20"}, "met"),
    ],
    "Lo qms_certified": [
        (DAY, {"qms_certified_since": DAY}, "met"),
        (DAY, {"qms_certified_since": "2026"}, "met"),
    ],
    "Lo excellence_model_adopted": [
        (DAY, {"excellence_model_since": "none"}, "unmet never"),
    ],
    "Zo excellence_model_adopted": [
        (DAY, {"excellence_model_since": "none"}, "unmet never"),
    ],
    "Qi quality_work_10_years": [
        (DAY, {"quality_work_since": "2016-11-20"}, "met"),
        ("2026-02-28", {"quality_work_since": "2016-02-29"}, "met"),
    ],
    "Ji quality_work_5_years": [
        (DAY, {"quality_work_since": "2021-11-21"}, "unmet 2026-11-21"),
    ],
    "Li quality_work_in_area_10_years": [
        (DAY, {"quality_work_in_area_since": "none"}, "unmet never"),
    ],
    "Ci quality_work_in_area_5_years": [
        (DAY, {"quality_work_in_area_since": "2021"}, "unknown precision"),
    ],
}


WINDOWS: Table = {
    "Qo no_quality_claims_3_years": [
        (DAY, has("quality_claim", "2023-11-20"), "unmet 2026-11-21"),
        (DAY, has("quality_claim", "2023-11-19"), "met"),
        (DAY, has("quality_claim"), "met"),
        (DAY, {"records": {}}, "unknown answer"),
        (DAY, has("quality_claim", "2023"), "unknown precision"),
        (DAY, has("quality_claim", "2026"), "unmet 2029-11-21"),
        (DAY, has("quality_claim", "2027"), "met"),
        (DAY, has("quality_claim", "2024", "2025-01"), "unmet 2028-02-01"),
        (DAY, has("quality_claim", "2025", "2023"), "unmet 2029-01-01"),
        ("2027-02-28", has("quality_claim", "2024-02-29"), "unmet 2027-03-01"),
        ("2027-03-01", has("quality_claim", "2024-02-29"), "met"),
        ("2028-02-29", has("quality_claim", "2025-02-28"), "met"),
    ],
    "Lo no_other_violations_2_years": [
        (DAY, has("other_violation", "2024-11-20"), "unmet 2026-11-21"),
        (DAY, has("other_violation", "2024-11-19"), "met"),
        ("2026-03-01", has("other_violation", "2024-02-29"), "met"),
    ],
    "Co no_serious_dishonesty_3_years": [
        (DAY, has("serious_dishonesty", "2023-11-20"), "unmet 2026-11-21"),
    ],
    "Zo no_violations": [
        (DAY, has("other_violation", "1999"), "unmet never"),
    ],
    "Lo no_export_rejections": [
        (DAY, {"exporter": True} | has("export_rejection", "1999"), "unmet never"),
    ],
    "Qi no_violations": [
        (DAY, {"own_violations": [{"date": "[..1999]"}]}, "unmet never"),
        (DAY, {"own_violations": [{"date": "2027"}]}, "met"),
    ],
    "Li good_credit": [
        (DAY, {"own_tax_or_credit_dishonesty": [{"date": "1999"}]}, "unmet never"),
    ],
}

BARS: Table = {
    "Qo waiting_period_10_years": [
        ("2026-12-31", won("qingshanhu", "award", "2016-01-01"), "unmet 2027-01-01"),
        ("2027-01-01", won("qingshanhu", "award", "2016-12-31"), "met"),
        (DAY, won("qingshanhu", "nomination", "2025"), "met"),
        (DAY, won("nanchang", "award", "2025"), "met"),
    ],
    "Qi waiting_period_10_years": [
        (DAY, won("qingshanhu", "award", "[2015-12-31..2016-01-01]"), "unknown precision"),
    ],
    "Ji waiting_period_5_years": [
        (DAY, won("jian", "award", "2021"), "unmet 2027-01-01"),
    ],
    "Jo waiting_period_5_years": [
        (DAY, won("jian", "award", "2020"), "met"),
    ],
    "Lo waiting_period_5_years": [
        (DAY, won("lianyungang", "award", "2021-11-20"), "unmet 2026-11-21"),
        (DAY, won("lianyungang", "award", "2021-11-19"), "met"),
        ("2025-02-28", won("lianyungang", "award", "2020-02-29"), "unmet 2025-03-01"),
    ],
    "Zo waiting_period_5_years": [
        (DAY, won("qinzhou", "award", "2021-11-20"), "met"),
        (DAY, won("qinzhou", "award", "2021-11-21"), "unmet 2026-11-21"),
    ],
    "Co waiting_period_5_years": [
        (DAY, won("changning", "gold", "2025-01-01"), "met"),
    ],
    "Go waiting_period_5_years": [
        (DAY, won("changning", "gold", "2025-01-01"), "unmet 2030-01-02"),
    ],
    "Co not_same_year_municipal": [
        (DAY, {"applied_same_year_municipal": True}, "unmet 2027-01-01"),
    ],
    "Ci not_same_year_municipal": [
        (DAY, {}, "unknown answer"),
    ],
    "Qo no_ban_after_fraud": [
        (DAY, punished("qingshanhu", "fraudulent_award", "2021-11-20"), "unmet 2026-11-21"),
        (DAY, punished("qingshanhu", "false_materials", "2025"), "met"),
    ],
    "Lo no_ban_false_materials": [
        (DAY, punished("lianyungang", "false_materials", "2023-11-20"), "unmet 2026-11-21"),
        (DAY, punished("lianyungang", "false_materials", "2023-11-19"), "met"),
    ],
    "Li no_ban_after_incident": [
        (DAY, punished("lianyungang", "post_award_incident", "2022"), "unmet 2028-01-01"),
    ],
    "Co no_ban_after_incident": [
        (DAY, punished("changning", "post_award_incident", "2021"), "unknown precision"),
    ],
    "Jo no_ban_false_materials": [
        (DAY, punished("jian", "false_materials", "2025-03-01"), "unmet 2030-03-02"),
    ],
    "Jo no_ban_after_fraud": [
        (DAY, punished("jian", "fraudulent_award", "2016-11-20"), "unmet 2026-11-21"),
    ],
    "Zo no_ban_after_fraud": [
        (DAY, punished("qinzhou", "false_materials", "2025-03-01"), "unmet 2030-03-02"),
        (DAY, punished("qingshanhu", "fraudulent_award", "2025"), "met"),
        (DAY, punished("qinzhou", "fraudulent_award", "2027"), "met"),
    ],
}
