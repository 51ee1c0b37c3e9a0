"""The judgement: one pure function from a rule set, facts and a day to a verdict."""

from datetime import date

from rules.award import RuleSet
from rules.model import Facts, Outcome, Status, Verdict


def evaluate(rule_set: RuleSet, facts: Facts, as_of: date) -> Verdict:
    """Judge ``facts`` by ``rule_set`` for a submission on ``as_of``.

    Sound: what is met or unmet with facts missing stays so whatever they turn out to be, save
    that a criterion may turn out not to bind the applicant at all.
    """
    findings = tuple([judge(facts, as_of) for judge in rule_set.judges])
    unmet = unknown = lasting = False
    latest = as_of
    for finding in findings:
        status = finding.status
        if status is Status.UNMET:
            unmet = True
            if finding.met_from is None:
                lasting = True
            elif finding.met_from > latest:
                latest = finding.met_from
        elif status is Status.UNKNOWN:
            unknown = True
    if not rule_set.regulation.in_force(as_of):
        return Verdict(as_of, Outcome.UNDETERMINED, None, findings, in_force=False)
    if lasting:
        return Verdict(as_of, Outcome.INELIGIBLE, None, findings)
    if unmet:
        return Verdict(as_of, Outcome.NOT_YET, latest, findings)
    if unknown:
        return Verdict(as_of, Outcome.UNDETERMINED, None, findings)
    return Verdict(as_of, Outcome.ELIGIBLE, as_of, findings)
