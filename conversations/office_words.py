"""An office's own answer in words: as askers read it, and as officers see it listed."""

from datetime import date

from conversations.language import Language
from conversations.office_answers import OfficeAnswer
from conversations.office_checks import citations, conflict
from rules.load import load_award

SHORT = 30


def told(answer: OfficeAnswer, words: Language) -> str:
    """What somebody who asks is told: whose answer it is, of which day, and what it says."""
    text = words.say(
        "{award}评审办公室{day}的答复：{text}",
        award=words.say(load_award(answer.award).spec.name),
        day=words.day(answer.since), text=answer.text,
    )  # fmt: skip
    if answer.until is None:
        return text
    return words.joined(
        text, words.say("（这个答复到{day}为止有效。）", day=words.day(answer.until))
    )


def both(from_text: str, answer: OfficeAnswer, words: Language) -> str:
    """What the text says and what its office has answered, the text first; apart where they differ.

    ``from_text`` is the answer from the text, as it would stand alone.
    """
    parts = [from_text, told(answer, words)]
    if conflict(answer) is not None:
        parts.append(words.say("两处的数字不一样，以办法的原文为准；拿不准的，请向办公室核实。"))
    return "\n\n".join(parts)


def details(answer: OfficeAnswer, words: Language, today: date) -> str:
    """All of an answer, as its officers see it."""
    say = words.say
    lines = [words.say(load_award(answer.award).spec.name)]
    lines += [say("问：{question}", question=each) for each in answer.questions]
    lines.append(say("答：{text}", text=answer.text))
    labels = dict.fromkeys(each.label for each in citations(answer))
    lines.append(say("依据：{label}", label=words.listed(labels) if labels else say("没有写")))
    lines.append(say("有效期：{until}", until=until(answer, words, today)))
    return "\n".join(lines)


def until(answer: OfficeAnswer, words: Language, today: date) -> str:
    """For how long an answer holds."""
    if answer.until is None:
        return words.say("一直有效")
    if not answer.holds(today):
        return words.say("{day}到期了，不再用", day=words.day(answer.until))
    return words.say("到{day}为止", day=words.day(answer.until))


def warning(answer: OfficeAnswer, words: Language) -> str:
    """Where its figures are not what the text says; empty if they are."""
    found = conflict(answer)
    if found is None:
        return ""
    labels = words.listed(dict.fromkeys(each.label for each in found.citations))
    return words.say(
        "请核对：您写的{figures}，和办法{label}的数字对不上。照样可以记下，问的人会先看到办法原文，再看到这条答复。",
        figures=words.listed(found.figures), label=labels,
    )  # fmt: skip


def title(answer: OfficeAnswer, words: Language, today: date) -> str:
    """An answer in a line: its first question."""
    text = answer.questions[0] if answer.questions else ""
    short = text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
    return short if answer.holds(today) else words.say("{title}（过期）", title=short)
