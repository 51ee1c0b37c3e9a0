"""The closed set of operators: each makes a judge, a pure function of facts and a day.

An operator is three-valued: met if it is met whatever is unknown turns out to be, unmet if it
is unmet whatever it turns out to be, otherwise unknown. Findings that carry nothing are shared.
"""

from collections.abc import Collection
from datetime import date

from rules.model import Facts, Finding, Judge, Needs, Status
from rules.periods import add_years, latest_start, new_year

MET = Finding(Status.MET)
UNMET_FOR_GOOD = Finding(Status.UNMET)
NOT_APPLICABLE = Finding(Status.NOT_APPLICABLE)
TO_BE_JUDGED = Finding(Status.TO_BE_JUDGED)


def unknown(*missing: str) -> Finding:
    """An answer is needed: that of the facts at ``missing``."""
    return Finding(Status.UNKNOWN, Needs.ANSWER, missing=missing)


def is_true(fact: str) -> Judge:
    """Met if the applicant says yes."""
    absent = unknown(fact)

    def judge(facts: Facts, _as_of: date) -> Finding:
        value = facts.yes_no.get(fact)
        if value is None:
            return absent
        return MET if value else UNMET_FOR_GOOD

    return judge


def one_of(fact: str, values: Collection[str]) -> Judge:
    """Met if the chosen value is one of ``values``."""
    absent = unknown(fact)
    accepted = frozenset(values)

    def judge(facts: Facts, _as_of: date) -> Finding:
        value = facts.choice.get(fact)
        if value is None:
            return absent
        return MET if value in accepted else UNMET_FOR_GOOD

    return judge


def at_least(fact: str, number: int) -> Judge:
    """Met from ``number`` on."""
    absent = unknown(fact)

    def judge(facts: Facts, _as_of: date) -> Finding:
        value = facts.count.get(fact)
        if value is None:
            return absent
        return MET if value >= number else UNMET_FOR_GOOD

    return judge


def in_place(fact: str) -> Judge:
    """Met if the thing exists, since whatever day."""
    absent = unknown(fact)

    def judge(facts: Facts, _as_of: date) -> Finding:
        if fact not in facts.since:
            return absent
        return UNMET_FOR_GOOD if facts.since[fact] is None else MET

    return judge


def for_years(fact: str, years: int) -> Judge:
    """Met from the corresponding day ``years`` after the start on ("N年以上", "满N年")."""
    absent = unknown(fact)

    def judge(facts: Facts, as_of: date) -> Finding:
        start = facts.since.get(fact)
        if start is None:
            return UNMET_FOR_GOOD if fact in facts.since else absent
        line = latest_start(as_of, years)
        if line is None or start.first > line:
            return Finding(Status.UNMET, met_from=add_years(min(start.last, as_of), years))
        if start.last <= line:
            return MET
        return Finding(Status.UNKNOWN, Needs.PRECISION, line=line)

    return judge


def each_completed_year(years: int, accepted: Collection[str]) -> Judge:
    """Met if each of the ``years`` completed calendar years before the day has such a result."""
    good = frozenset(accepted)

    def judge(facts: Facts, as_of: date) -> Finding:
        results = facts.annual_results
        last = as_of.year - 1
        doubtful = [year for year in range(last, last - years, -1) if results.get(year) not in good]
        if not doubtful:
            return MET
        missing = tuple(f"annual_results.{year}" for year in doubtful if year not in results)
        bad = tuple(year for year in doubtful if year in results)
        if not bad:
            return unknown(*missing)
        return Finding(
            Status.UNMET, met_from=new_year(doubtful[0] + years + 1), missing=missing, years=bad
        )

    return judge


def not_same_year(fact: str) -> Judge:
    """Unmet in a calendar year in which the applicant applied elsewhere; met from 1 January on."""
    absent = unknown(fact)

    def judge(facts: Facts, as_of: date) -> Finding:
        value = facts.yes_no.get(fact)
        if value is None:
            return absent
        return Finding(Status.UNMET, met_from=new_year(as_of.year + 1)) if value else MET

    return judge


def judged(criterion: str) -> Judge:
    """A matter of the reviewers' judgement; unmet only if the applicant says it does not hold."""

    def judge(facts: Facts, _as_of: date) -> Finding:
        return UNMET_FOR_GOOD if criterion in facts.does_not_hold else TO_BE_JUDGED

    return judge


def unless_declared(criterion: str, judge: Judge) -> Judge:
    """``judge``, for a criterion that is in part a matter of judgement."""

    def or_declared(facts: Facts, as_of: date) -> Finding:
        return UNMET_FOR_GOOD if criterion in facts.does_not_hold else judge(facts, as_of)

    return or_declared


def only_if(fact: str, value: bool, judge: Judge) -> Judge:  # noqa: FBT001 - the value compared with
    """``judge`` for those whose answer to ``fact`` is ``value``; the others are not bound.

    Where the answer is absent, a finding that does not stand in the way is kept.
    """

    def bound(facts: Facts, as_of: date) -> Finding:
        answer = facts.yes_no.get(fact)
        if answer is value:
            return judge(facts, as_of)
        if answer is not None:
            return NOT_APPLICABLE
        finding = judge(facts, as_of)
        if finding.status is Status.UNMET or finding.status is Status.UNKNOWN:
            missing = (fact, *finding.missing)
            return Finding(Status.UNKNOWN, Needs.ANSWER, missing=missing, evidence=finding.evidence)
        return finding

    return bound
