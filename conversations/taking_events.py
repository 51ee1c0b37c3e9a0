"""Answers about events and matters of judgement: which kinds, when, how bad, any other."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from conversations.agenda import JUDGEMENT
from conversations.answers import read_choices, read_count
from conversations.applicant import path_of, relevant_kinds
from conversations.asking import DONE, line_of, question_text
from conversations.model import DONT_KNOW
from conversations.pertinent import admits, read_pertinent
from conversations.taken import (
    HOW_MANY_DIED,
    NOT_A_CHOICE,
    NOT_YES_OR_NO,
    NOTHING_TICKED,
    Refused,
    Taken,
    checked,
    past_day,
    store,
)
from conversations.text import NotUnderstood
from conversations.view import View, kind_label
from knowledge.fold import fold
from rules.catalog import catalog
from rules.periods import Interval, format_interval, parse_interval

_DONE_WORDS = {"就这些", "好了", "完了", "选好了", "done", "that's all", "thats all", "完成"}
_NONE_WORDS = {
    "都没有",
    "全都没有",
    "一样都没有",
    "none",
    "none of these",
    "都没",
    "没有明显不符合的",
}


def tick(seen: View, question: str, value: str) -> Taken | Refused:
    """Tick or untick a kind of event, or finish the list."""
    applicant = seen.applicant
    keys = relevant_kinds(applicant, question)
    if value in ("yes", "no"):
        entries = list(applicant.entries(keys[0]) or [{}]) if value == "yes" else []
        return _kinds(seen, {keys[0]: entries})
    if value == DONE:
        return _kinds(seen, {key: list(applicant.entries(key) or ()) for key in keys})
    key = keys[int(value)]
    ticked = bool(applicant.entries(key))
    taken = _kinds(seen, {key: [] if ticked else [{}]})
    return replace(taken, more=True) if isinstance(taken, Taken) else taken


def ticks_text(seen: View, question: str, text: str) -> Taken | Refused:
    """Take kinds of event, or matters of judgement, named in a text."""
    applicant = seen.applicant
    if question == JUDGEMENT:
        keys: tuple[str, ...] = applicant.rules.judged
        labels = [seen.local(c.title) for c in applicant.rules.criteria if c.judged]
    else:
        keys = relevant_kinds(applicant, question)
        labels = [kind_label(seen, key) for key in keys]
    folded = fold(text)
    ticks = applicant.answers.get(applicant.judgement_slot) if (
        question == JUDGEMENT) else [key for key in keys if applicant.entries(key)]  # fmt: skip
    if folded in _DONE_WORDS and not ticks:
        return Refused(seen.words.say(NOTHING_TICKED))
    asked = seen.words.say("有没有") if question == JUDGEMENT else question_text(seen, question)
    answer = read_pertinent(text, asked)
    if folded in _NONE_WORDS or (answer is False and "符合" not in folded):
        return _declared(seen, []) if question == JUDGEMENT else _kinds(
            seen, {key: [] for key in keys})  # fmt: skip
    picked = read_choices(text, [*labels, seen.words.say("就这些")])
    if folded in _DONE_WORDS or picked == (len(labels),):
        return declare(seen, DONE) if question == JUDGEMENT else tick(seen, question, DONE)
    if picked and all(index < len(labels) for index in picked):
        chosen = {keys[index] for index in picked}
        if question == JUDGEMENT:
            return _declared(seen, [key for key in keys if key in chosen])
        return _kinds(seen, {
            key: list(applicant.entries(key) or [{}]) if key in chosen else [] for key in keys
        })  # fmt: skip
    if answer is True and len(keys) == 1 and admits(text):
        return _kinds(seen, {keys[0]: list(applicant.entries(keys[0]) or [{}])})
    return Refused(seen.words.say(NOT_A_CHOICE))


def _kinds(seen: View, kinds: dict[str, list[Any]]) -> Taken | Refused:
    """Set the entries of several kinds; what was told of a kind that stays is kept."""
    slots = {seen.applicant.slot(key): entries for key, entries in kinds.items()}
    emptied = [seen.applicant.slot(f"{key}#more") for key, entries in kinds.items() if not entries]
    return checked(seen, seen.screening.answered(**slots).without(*emptied))


def declare(seen: View, value: str) -> Taken | Refused:
    """Tick or untick a matter of judgement that does not hold, or finish the list."""
    slot = seen.applicant.judgement_slot
    declared = list(seen.screening.answers.get(slot, []))
    if value == DONE:
        return _declared(seen, declared)
    chosen = [name for name in declared if name != value] if value in declared else [
        *declared, value]  # fmt: skip
    return Taken(seen.screening.answered(**{slot: chosen}), more=True)


def _declared(seen: View, declared: list[str]) -> Taken:
    slot = seen.applicant.judgement_slot
    return Taken(seen.screening.answered(**{slot: declared, f"{slot}#done": True}))


def detail_choice(seen: View, question: str, value: str) -> Taken | Refused:
    """Take a pressed detail of an event."""
    key, _, attribute = question.partition("#")
    if attribute == "more":
        return _more(seen, key, another=value == "yes")
    number = path_of(question)[2] == "deaths"
    return set_entry(seen, question, int(value) if number else value)


def detail_text(seen: View, question: str, text: str) -> Taken | Refused:
    """Take a typed detail of an event."""
    say = seen.words.say
    key, _, attribute = question.partition("#")
    if attribute == "more":
        answer = read_pertinent(text, kind_label(seen, key))
        if answer is None:
            return Refused(say(NOT_YES_OR_NO))
        return _more(seen, key, another=answer)
    attribute = path_of(question)[2]
    if attribute == "date":
        if path_of(question)[1] > 0 and read_pertinent(text, "") is False:
            return _none_after_all(seen, key)
        when = past_day(seen, text)
        return set_entry(seen, question, when) if isinstance(when, str) else when
    if attribute == "deaths":
        return _deaths(seen, question, text)
    options = catalog().choices[attribute]
    picked = read_choices(text, [say(option.label) for option in options])
    if picked is None or len(picked) != 1:
        return Refused(say(NOT_A_CHOICE))
    return set_entry(seen, question, options[picked[0]].value)


_PEOPLE = re.compile("个?人|死亡|死了|死|people|persons?|deaths?|died|dead")


def _deaths(seen: View, question: str, text: str) -> Taken | Refused:
    """A bare number could be a choice or a number of people: it is not taken."""
    answer = read_pertinent(text, seen.words.say("有人死亡"))
    count = read_count(_PEOPLE.sub("", fold(text)))
    if text.strip().isdecimal() and text.strip() != "0":
        return Refused(seen.words.say(HOW_MANY_DIED))
    if answer is not None and not any(char.isdecimal() for char in text):
        return set_entry(seen, question, int(answer))
    if isinstance(count, NotUnderstood):
        return Refused(seen.words.say(HOW_MANY_DIED))
    return set_entry(seen, question, count)


def _none_after_all(seen: View, key: str) -> Taken | Refused:
    """There was no other event: the one that was begun is taken back."""
    slot = seen.applicant.slot(key)
    entries = list(seen.applicant.entries(key) or ())[:-1]
    more = seen.applicant.slot(f"{key}#more")
    return checked(seen, seen.screening.answered(**{slot: entries, more: False}))


def perhaps_more(seen: View, key: str) -> Taken:
    """Nobody knows whether there was another: one of which nothing is known may be there.

    It keeps a condition open that it could break, and is never taken for "no".
    """
    unknown = dict.fromkeys(("date", "severity", "deaths", "level"), DONT_KNOW)
    entries = [*(seen.applicant.entries(key) or ()), unknown]
    slots = {seen.applicant.slot(key): entries, seen.applicant.slot(f"{key}#more"): DONT_KNOW}
    return Taken(seen.screening.answered(**slots))


def _more(seen: View, key: str, *, another: bool) -> Taken | Refused:
    if not another:
        return Taken(seen.screening.answered(**{seen.applicant.slot(f"{key}#more"): False}))
    entries = [*(seen.applicant.entries(key) or ()), {}]
    return Taken(seen.screening.answered(**{seen.applicant.slot(key): entries}))


def set_entry(seen: View, question: str, value: Any) -> Taken | Refused:  # noqa: ANN401 - JSON
    """Set one detail of an event."""
    key, index, attribute = path_of(question)
    entries = [dict(entry) for entry in seen.applicant.entries(key) or ()]
    entries[index][attribute] = value
    line = seen.applicant.slot(f"{key}#{index}.line")
    screening = seen.screening.answered(**{seen.applicant.slot(key): entries})
    return checked(seen, screening.without(line) if attribute == "date" else screening)


def line_text(seen: View, question: str, text: str) -> Taken | Refused:
    """Take a typed answer on which side of a line a date lies, or the date itself."""
    folded = fold(text)
    for words, before in ((("更早", "之前", "以前", "before", "earlier"), True),
                          (("之后", "以后", "更晚", "after", "later"), False)):  # fmt: skip
        if any(word in folded for word in words) and not any(char.isdigit() for char in folded):
            return narrow(seen, question, before=before)
    when = past_day(seen, text)
    if isinstance(when, Refused):
        return when
    key, _, rest = question.partition("#")
    if rest == "line":
        return store(seen, key, when)
    return set_entry(seen, question.replace(".line", ".date"), when)


def narrow(seen: View, question: str, *, before: bool) -> Taken | Refused:
    """Keep the part of a vague date that lies on one side of the line."""
    line = line_of(seen, question)
    key, _, rest = question.partition("#")
    stored = (
        seen.applicant.answer(key)
        if rest == "line"
        else (seen.applicant.entries(key) or ())[path_of(question)[1]]["date"]
    )
    if line is None or not isinstance(stored, str):
        return Refused(seen.words.say(NOT_A_CHOICE))
    bounds = parse_interval(stored)
    after = date.fromordinal(line.toordinal() + 1)
    kept = Interval(bounds.first, line) if before else Interval(after, bounds.last)
    if rest == "line":
        return store(seen, key, format_interval(kept))
    return set_entry(seen, question.replace(".line", ".date"), format_interval(kept))
