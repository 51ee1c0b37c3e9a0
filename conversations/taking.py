"""What an answer does to a screening: a choice that was pressed, or a text that was typed."""

import re

from conversations.agenda import JUDGEMENT, SETUP
from conversations.answers import read_choices, read_count, read_results
from conversations.applicant import relevant_kinds
from conversations.asking import (
    BY_YEAR,
    LINES,
    NOT_KNOWN,
    asked_years,
    line_of,
    question_text,
)
from conversations.model import DONT_KNOW
from conversations.pertinent import read_pertinent
from conversations.scope import group_kinds
from conversations.taken import (
    AMBIGUOUS_RESULT,
    NOT_A_CHOICE,
    NOT_A_COUNT,
    NOT_A_RESULT,
    NOT_YES_OR_NO,
    Refused,
    Taken,
    checked,
    past_day,
    store,
    today_of,
)
from conversations.taking_events import (
    declare,
    detail_choice,
    detail_text,
    line_text,
    narrow,
    perhaps_more,
    set_entry,
    tick,
    ticks_text,
)
from conversations.taking_setup import setup_text
from conversations.text import NotUnderstood
from conversations.view import View
from rules.catalog import catalog

# A number like these is a year, not a number of things.
YEARS = range(1950, 2101)
_NUMERALS = str.maketrans("123", "一二三")
_EXPECTED = re.compile(
    r"预计|预期|估计|应该|可能会?|会|expected|expecting|expect|a ", re.IGNORECASE
)


def take_text(seen: View, question: str, text: str) -> Taken | Refused:
    """Take a typed answer to ``question``."""
    if question in SETUP:
        return setup_text(seen, question, text)
    if question in group_kinds() or question == JUDGEMENT:
        return ticks_text(seen, question, text)
    if question.endswith(LINES):
        return line_text(seen, question, text)
    if "#" in question:
        return detail_text(seen, question, text)
    return _fact_text(seen, question, text)


def take_choice(seen: View, question: str, value: str) -> Taken | Refused:
    """Take a pressed answer to ``question``; ``value`` is the token's last part."""
    if value == NOT_KNOWN:
        return _dont_know(seen, question)
    if question in SETUP:
        return checked(seen, seen.screening.answered(**{question: value}))
    if question in group_kinds():
        return tick(seen, question, value)
    if question == JUDGEMENT:
        return declare(seen, value)
    if question.endswith(LINES):
        return narrow(seen, question, before=value == "before")
    if "#" in question:
        return detail_choice(seen, question, value)
    spec = catalog().facts[question.partition(".")[0]]
    if spec.type == "annual_results":
        return _result_choice(seen, question, value)
    if spec.type == "yes_no":
        return store(seen, question, value == "yes")
    if spec.type == "choice":
        options = {str(option.value): option.value for option in spec.options}
        return store(seen, question, options[value])
    return store(seen, question, value)


def _fact_text(seen: View, question: str, text: str) -> Taken | Refused:
    say = seen.words.say
    spec = catalog().facts[question.partition(".")[0]]
    if spec.type == "yes_no":
        answer = read_pertinent(text, question_text(seen, question))
        if answer is None:
            return Refused(say(NOT_YES_OR_NO))
        return store(seen, question, answer is not spec.opposite)
    if spec.type == "count":
        count = read_count(text)
        if isinstance(count, NotUnderstood) or count in YEARS:
            return Refused(say(NOT_A_COUNT))
        if count == 0 and read_pertinent(text, question_text(seen, question)) is None:
            return store(seen, question, 0) if text.strip() == "0" else Refused(say(NOT_A_COUNT))
        return store(seen, question, count)
    if spec.type == "annual_results":
        return _results_text(seen, question, text)
    if spec.type == "choice":
        labels = [say(option.label) for option in spec.options]
        picked = read_choices(text, labels) or read_choices(text.translate(_NUMERALS), labels)
        if picked is None or len(picked) != 1:
            asked = question_text(seen, question)
            no = spec.options[-1].value == "none" and read_pertinent(text, asked) is False
            return store(seen, question, "none") if no else Refused(say(NOT_A_CHOICE))
        return store(seen, question, spec.options[picked[0]].value)
    when = past_day(seen, text)
    if isinstance(when, str):
        return store(seen, question, when)
    asked = question_text(seen, question)
    if spec.type == "since_or_none" and read_pertinent(text, asked) is False:
        return store(seen, question, "none")
    return when


def _results_text(seen: View, question: str, text: str) -> Taken | Refused:
    years = asked_years(seen)
    year = question.partition(".")[2]
    if year:
        years = (int(year),)
    today = today_of(seen)
    if years and max(years) >= today.year:
        text = _EXPECTED.sub("", text)  # a year that is not over can only be expected
    found = read_results(text, years, today)
    if isinstance(found, NotUnderstood) and len(years) == 1:
        # Where one year is asked about, its result alone is an answer.
        found = read_results(f"{years[0]}年{text}", years, today)
    if isinstance(found, NotUnderstood) or not found:
        ambiguous = isinstance(found, NotUnderstood) and found.reason == "ambiguous"
        return Refused(seen.words.say(AMBIGUOUS_RESULT if ambiguous else NOT_A_RESULT))
    return _merge_results(seen, {str(year): result for year, result in found.items()})


def _merge_results(seen: View, results: dict[str, str]) -> Taken | Refused:
    said = seen.applicant.answer("annual_results")
    known = said if isinstance(said, dict) else {}
    return store(seen, "annual_results", {**known, **results})


def _result_choice(seen: View, question: str, value: str) -> Taken | Refused:
    year = question.partition(".")[2]
    if value == BY_YEAR:
        return store(seen, "annual_results", {})
    if year:
        return _merge_results(seen, {year: value})
    return _merge_results(seen, {str(each): value for each in asked_years(seen)})


def _dont_know(seen: View, question: str) -> Taken | Refused:
    applicant = seen.applicant
    if question in group_kinds():
        keys = [key for key in relevant_kinds(applicant, question) if not applicant.entries(key)]
        slots = {applicant.slot(key): DONT_KNOW for key in keys}
        return Taken(seen.screening.answered(**slots))
    if question == JUDGEMENT:
        return Taken(seen.screening.answered(**{f"{applicant.judgement_slot}#done": DONT_KNOW}))
    if question.endswith(LINES):
        line = line_of(seen, question)
        said = line.isoformat() if line else DONT_KNOW
        return Taken(seen.screening.answered(**{applicant.slot(question): said}))
    if question.endswith("#more"):
        return perhaps_more(seen, question.partition("#")[0])
    if "#" in question:
        return set_entry(seen, question, DONT_KNOW)
    if question.startswith("annual_results."):
        return _merge_results(seen, {question.partition(".")[2]: DONT_KNOW})
    return store(seen, question, DONT_KNOW)
