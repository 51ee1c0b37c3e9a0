"""What is to be told of a date beside its title: when, what to hand in, who acts, the source."""

from collections.abc import Iterable, Iterator

from conversations import datelines
from conversations.dated import Dated
from conversations.language import Language
from conversations.model import State
from conversations.prospects import notice
from rules.load import load_award
from rules.spec import Ban, WaitingPeriod


def particulars(words: Language, dated: Dated) -> Iterator[str]:
    """The lines that go with a date; the notice, which several may have in common, is not one."""
    say = words.say
    if dated.round is not None:
        if dated.kind == "closes" and dated.round.hand_in:
            yield say("要交的：{what}", what=dated.round.hand_in)
        if dated.kind == "closes" and dated.round.where:
            yield say("交到：{where}", where=dated.round.where)
        if dated.planned is not None:
            step = dated.planned.step
            yield say("谁来做：{who}", who=say(step.who))
            if dated.planned.own:
                yield say("多久是您自己定的，条文没有写。")
            if dated.planned.provisional:
                yield say("这一天是暂定的：那一年的放假安排国务院还没有公布，公布后可能会变。")
            yield say("依据：{label}", label=step.citation.label)
    elif dated.kind == "eligible":
        yield say("这是按您自查时的回答算的；情况变了，请重新看一遍。")
    elif dated.kind == "waiting" and dated.watch.award is not None:
        yield say("依据：{label}", label=words.listed(_waiting(dated.watch.award)))


def when(words: Language, dated: Dated, state: State) -> str:
    """The day of a date; with the hour, where the notice gives one."""
    if dated.kind == "opens" and dated.round is not None:
        return datelines.moment(words, dated.round.opens, state.timezone)
    return datelines.when(words, dated, state)


def notices(words: Language, dated: Iterable[Dated]) -> list[str]:
    """The notices that dates come from, each once, as lines."""
    rounds = {each.round.id: each.round for each in dated if each.round is not None}
    return [words.say("通知：{notice}", notice=notice(words, each)) for each in rounds.values()]


def _waiting(award: str) -> tuple[str, ...]:
    """The articles on waiting before another application: after an award, after a sanction."""
    found = (
        criterion.citation.label
        for rules in load_award(award).rule_sets.values()
        for criterion in rules.criteria
        if isinstance(criterion.rule, WaitingPeriod | Ban)
    )
    return tuple(dict.fromkeys(found))
