"""What is offered to somebody who types the bot's name and a question in another chat.

Each result is an answer from the regulations; whoever picks it puts it into that chat, with the
articles it rests on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from bot.platforms.telegram.markup import (
    MESSAGE_UNITS,
    Block,
    clean,
    cut,
    escaped,
    has_text,
    pieces,
)
from conversations import questions
from conversations.language import Language, language
from conversations.questions import Answered
from knowledge.model import Citation
from rules.load import load_award
from rules.messages import message

# https://core.telegram.org/bots/api#answerinlinequery
MOST_RESULTS = 50
# A phone shows a line of the title, and two of the description.
TITLE_LENGTH = 64
DESCRIPTION_LENGTH = 160

COMMON = ("who_may_apply", "conditions", "prize", "apply_how", "materials", "waiting")
"""The topics offered before anything is typed."""

NO_ANSWER = message("没有找到答案")
CLOSEST = message("最接近的条文")
ALSO_CITED = message("另见：{articles}")

Ask = Callable[[str, str | None, date, str], Answered]
About = Callable[[str, str | None, str], Answered]


@dataclass(frozen=True, slots=True)
class Result:
    """One result: what is shown in the list, and what is put into the chat."""

    title: str
    description: str
    html: str

    @property
    def id(self) -> str:
        """The same for the same text; 32 bytes of the 64 that Telegram takes."""
        return blake2b(self.html.encode("utf-8", "replace"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """Where answers come from: ``ask`` a question, or what is known ``about`` a topic."""

    ask: Ask = questions.ask
    about: About = questions.about


def results(
    text: str, locale: str, today: date, source: Source | None = None
) -> tuple[Result, ...]:
    """What can be put into a chat for what was typed, the best first; something for every text.

    ``locale`` is the language of whoever types, unless the question is plainly in another one.
    """
    found = source or Source()
    question = text.strip()
    if has_text(question):
        shown = _answers(question, questions.spoken(question, locale), today, found)
    else:
        shown = _common(locale, found)
    distinct: dict[str, Result] = {}
    for result in shown:
        distinct.setdefault(result.id, result)
    return tuple(distinct.values())[:MOST_RESULTS]


def _common(locale: str, source: Source) -> Iterator[Result]:
    words = language(locale)
    for topic in COMMON:
        given = source.about(topic, None, locale)
        if given.outcome in ("answered", "which_jurisdiction"):
            yield _result(questions.title(topic, words), given)


def _answers(question: str, locale: str, today: date, source: Source) -> Iterator[Result]:
    words = language(locale)
    given = source.ask(question, None, today, locale)
    match given.outcome:
        case "answered":
            yield _result(_title(given), given)
        case "which_jurisdiction":
            yield _result(_title(given), given)
            for award in given.awards:
                one = source.ask(question, award, today, locale)
                if one.outcome == "answered":
                    yield _result(_title(one), one)
        case "unsure" if given.suggestions:
            yield from _suggested(given, source)
        case "unsure":
            yield _result(words.say(CLOSEST), given)
        case "unanswered":
            yield _result(words.say(NO_ANSWER), given)


def _suggested(given: Answered, source: Source) -> Iterator[Result]:
    words, nothing = language(given.locale), True
    for each in given.suggestions:
        answer = source.about(each.topic, each.award, given.locale)
        if answer.outcome != "unanswered":
            nothing = False
            yield _result(each.text, answer)
    if nothing:
        yield _result(words.say(NO_ANSWER), given)


def _title(given: Answered) -> str:
    """What it is about: 吉安市：奖金是多少."""
    words = language(given.locale)
    named = [words.say(load_award(award).spec.area) for award in given.awards]
    topic = "" if given.topic is None else questions.title(given.topic, words)
    if len(named) == 1 and topic:
        return words.say("{title}：{answer}", title=named[0], answer=topic)
    return topic or words.listed(named) or given.text


def _result(title: str, given: Answered) -> Result:
    return Result(
        _shortened(title, TITLE_LENGTH),
        _shortened(_description(given), DESCRIPTION_LENGTH),
        _html(given),
    )


def _description(given: Answered) -> str:
    """The answer without what its title says already: the award's name, a comparison's heading."""
    words, shown = language(given.locale), given.text
    if len(given.awards) == 1:
        name = words.say(load_award(given.awards[0]).spec.name)
        return shown.removeprefix(words.say("{title}：{answer}", title=name, answer=""))
    heading, _, lines = shown.partition("\n")
    return lines if lines and heading.endswith(("：", ":")) else shown


def _html(given: Answered) -> str:
    """The answer with as many articles in full as one message takes; the others by their names."""
    words = language(given.locale)
    several = len({citation.award for citation in given.citations}) > 1
    # The last resort quotes its article in the text itself.
    cited = [each for each in given.citations if given.outcome != "unsure"]
    labels = [_label(each, words, several=several) for each in cited]
    for quoted in range(len(cited), -1, -1):
        found = pieces(_blocks(given.text, cited[:quoted], labels, words))
        if len(found) == 1:
            return found[0]
    return f"{escaped(cut(clean(given.text), MESSAGE_UNITS - 1)[0])}…"


def _blocks(
    text: str, quoted: list[Citation], labels: list[str], words: Language
) -> Iterable[Block]:
    yield Block("text", text)
    for citation, label in zip(quoted, labels, strict=False):
        yield Block("quote", citation.quote, label, tight=True)
    if len(quoted) < len(labels):
        rest = words.listed(dict.fromkeys(labels[len(quoted) :]))
        yield Block("small", words.say(ALSO_CITED, articles=rest))


def _label(citation: Citation, words: Language, *, several: bool) -> str:
    if not several:
        return citation.label
    return f"{words.say(load_award(citation.award).spec.name)} {citation.label}"


def _shortened(text: str, most: int) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
