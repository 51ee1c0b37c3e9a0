"""The law as data, and the judgement of one applicant by it on one day."""
