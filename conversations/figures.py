"""The figures of one award's office: in words, as a table, as a chart; nobody is told by them.

What fewer than ``FEWEST`` chats stand behind is not shown by itself, nor does any sum give it away:
it is put together with others until enough stand behind it, or left out of everything.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from conversations.charts import Bar, Chart, Panel
from conversations.counting import FEWEST
from conversations.language import Language
from conversations.model import Attachment
from knowledge.topics import load_topics
from rules.load import load_award
from rules.messages import message

REST = "rest"
"""The key of what is put together."""

_MOST_BARS = 12
_MOST_CRITERIA = 8

OUTCOMES = {
    "answered": message("按办法答了"),
    "office": message("按办公室的答复答了"),
    "which_jurisdiction": message("没说哪个奖，几个奖一起答了"),
    "unsure": message("没把握，给了几个可能"),
    "unanswered": message("没答上"),
}
ANSWERED = ("answered", "office", "which_jurisdiction")
SCREENED = {
    "eligible": message("可以报"),
    "not_yet": message("现在还不能报，以后可以"),
    "ineligible": message("不能报"),
    "undetermined": message("还定不了"),
}
TICKETS = {
    "waiting": message("等着答复"),
    "claimed": message("有人在办"),
    "answered": message("答复了"),
    "closed": message("结束了"),
}

TITLES = {
    "topics": message("问了什么"),
    "outcomes": message("答得怎么样"),
    "tickets": message("转给工作人员的"),
    "screenings": message("自查的结果"),
    "criteria": message("最常不符合的条件"),
}
Name = Literal["topics", "outcomes", "tickets", "screenings", "criteria"]
NAMES: tuple[Name, ...] = ("topics", "outcomes", "tickets", "screenings", "criteria")


@dataclass(frozen=True, slots=True)
class Group:
    """So many things of one kind, and how many chats stand behind them."""

    key: str
    count: int
    chats: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What may be shown of a table: most frequent first, what is put together last."""

    rows: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        """Of all that is shown."""
        return sum(count for _, count in self.rows)

    def of(self, key: str) -> int | None:
        """How many of a kind, if that is shown."""
        return dict(self.rows).get(key)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was asked of an award (``None``: no single one) from a day to a day, both included.

    ``texts`` are questions that were not understood and may be shown. ``usual`` and ``slowest`` are
    in the office's working time, from a question to its first answer.
    """

    award: str | None
    first: date
    last: date
    tables: dict[Name, Counted] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    usual: timedelta | None = None
    slowest: timedelta | None = None

    def table(self, name: Name) -> Counted:
        """One of the tables; empty if nothing of it may be shown."""
        return self.tables.get(name, Counted())


def too_few(groups: Sequence[Group]) -> tuple[str, ...]:
    """The kinds that are not shown by themselves."""
    return tuple(each.key for each in groups if each.chats < FEWEST)


def counted(groups: Sequence[Group], together: int) -> Counted:
    """What may be shown, if so many chats stand behind all of ``too_few`` together.

    If that is still too few, the least of the others is put with them; if there is no other,
    nothing is shown.
    """
    hidden = set(too_few(groups))
    if hidden and together < FEWEST:
        seen = [each for each in groups if each.key not in hidden]
        if not seen:
            return Counted()
        hidden.add(min(seen, key=lambda each: (each.count, each.key)).key)
    rows = sorted(
        ((each.key, each.count) for each in groups if each.key not in hidden),
        key=lambda row: (-row[1], row[0]),
    )
    rest = sum(each.count for each in groups if each.key in hidden)
    return Counted((*rows, *([(REST, rest)] if rest else [])))


def told(found: Figures, words: Language) -> str:
    """The figures as text."""
    say = words.say
    blocks = [_heading(found, words)]
    for name in NAMES:
        rows = [*_rows(found, name, words)]
        if rows:
            lines = [say("{title}：", title=say(TITLES[name]))]
            lines += [say("· {what}：{count}", what=what, count=count) for _, what, count in rows]
            lines += _remarks(found, name, words)
            blocks.append("\n".join(lines))
    if found.texts:
        shown = "\n".join(f"· {each}" for each in found.texts)
        blocks.append(say("没看懂的（只有问的人愿意给看的）：") + "\n" + shown)
    if len(blocks) == 1:
        blocks.append(say("这段时间还没有可以看的数字。"))
    blocks.append(say(_NOTE, count=FEWEST))
    return "\n\n".join(blocks)


_NOTE = message(
    "不到{count}个人的不单独列出来，免得认出是谁；能并的并到“其他”里，并不了的不算在内。"
)


def _heading(found: Figures, words: Language) -> str:
    award = (
        words.say(load_award(found.award).spec.name)
        if found.award
        else words.say("没有说是哪个奖的")
    )
    return words.say(
        "{award}，{first}到{last}",
        award=award, first=words.day(found.first), last=words.day(found.last),
    )  # fmt: skip


def _rows(found: Figures, name: Name, words: Language) -> Iterator[tuple[str, str, int]]:
    """Key, what it is called, how many."""
    for key, count in found.table(name).rows:
        yield key, words.say("其他") if key == REST else _called(found, name, key, words), count


def _called(found: Figures, name: Name, key: str, words: Language) -> str:
    match name:
        case "topics":
            return topic(key, words)
        case "outcomes":
            return words.say(OUTCOMES.get(key, key))
        case "tickets":
            return words.say(TICKETS.get(key, key))
        case "screenings":
            return words.say(SCREENED.get(key, key))
        case _:
            return criterion(found.award, key, words)


def topic(key: str, words: Language) -> str:
    """What a topic is called; an empty key is what no topic was found for."""
    found = next((each for each in load_topics() if each.id == key), None)
    if found is None:
        return words.say("没认出是哪一类")
    return words.say(found.title)


def criterion(award: str | None, key: str, words: Language) -> str:
    """What a criterion of an award is called, with its article."""
    for rules in load_award(award).rule_sets.values() if award else ():
        for each in rules.criteria:
            if each.id == key:
                spec = load_award(award or "").spec
                title = words.say(each.title).replace("{area}", words.say(spec.area))
                title = title.replace("{name}", words.say(spec.name))
                return words.say("{title}（{label}）", title=title, label=each.citation.label)
    return key


def _remarks(found: Figures, name: Name, words: Language) -> list[str]:
    say = words.say
    if name == "outcomes" and answered_share(found) is not None:
        return [say("答上的占{share}%。", share=answered_share(found))]
    if name == "tickets" and found.usual is not None and found.slowest is not None:
        return [
            say(
                "按上班时间算，一半在{usual}内答复，最慢的{slowest}。",
                usual=_time(found.usual, words), slowest=_time(found.slowest, words),
            )
        ]  # fmt: skip
    return []


def _time(time: timedelta, words: Language) -> str:
    """The office's working time, as people say it; a working day has eight hours."""
    hours = time / timedelta(hours=1)
    if hours < 1:
        return words.say("{count}分钟", count=max(1, round(hours * 60)))
    if hours < 8:
        return words.say("{count}小时", count=round(hours))
    return words.say("{count}个工作日", count=round(hours / 8))


def answered_share(found: Figures) -> int | None:
    """How many questions of a hundred were answered, if that can be told."""
    table = found.table("outcomes")
    # Among what is put together there may be answers.
    if not table.total or table.of(REST) is not None:
        return None
    return round(100 * sum(table.of(key) or 0 for key in ANSWERED) / table.total)


def sheet(found: Figures, words: Language) -> str:
    """The figures as CSV: a line for each number."""
    file = io.StringIO(newline="")
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(("award", "from", "until", "table", "key", "title", "count"))
    begin = (found.award or "", found.first.isoformat(), found.last.isoformat())
    for name in NAMES:
        for key, what, count in _rows(found, name, words):
            rows.writerow((*begin, name, key, what, count))
    for key, time in (("usual", found.usual), ("slowest", found.slowest)):
        if time is not None:
            hours = round(time / timedelta(hours=1), 1)
            rows.writerow((*begin, "working_hours", key, "", hours))
    for text in found.texts:
        rows.writerow((*begin, "not_understood", "", _plain(text), 1))
    return file.getvalue()


def _plain(text: str) -> str:
    """A text that a spreadsheet program does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def chart(found: Figures, words: Language) -> Chart:
    """The figures as a chart."""
    panels = []
    for name in NAMES:
        rows = [*_rows(found, name, words)][: _MOST_CRITERIA if name == "criteria" else _MOST_BARS]
        bars = tuple(Bar(what, float(count), str(count)) for _, what, count in rows)
        panels.append(Panel(words.say(TITLES[name]), bars, words.say("不到{count}个人，不列出来。",
                                                                     count=FEWEST)))  # fmt: skip
    return Chart(
        _heading(found, words), tuple(panels), words.say(_NOTE, count=FEWEST), words.locale
    )


def attached(found: Figures, words: Language, form: Literal["png", "csv"]) -> Attachment:
    """The figures as a file: a picture (which says the same as text), or a sheet."""
    name = f"{found.award or 'all'}-{found.first.isoformat()}-{found.last.isoformat()}.{form}"
    if form == "png":
        return Attachment(name, told(found, words), chart(found, words))
    # A spreadsheet program takes a file that does not begin so for another encoding.
    return Attachment(name, f"\ufeff{sheet(found, words)}")
