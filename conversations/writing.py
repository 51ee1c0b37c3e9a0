"""What an officer is writing: the answers given so far, and what follows from them.

A draft is kept in the chat's state, answers by question. Which question comes next, whether an
answer can stand and what the round will be is computed. A published round that is being changed
lends the answers that have not been changed.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from conversations.hours import END_OF_DAY, hour_of
from conversations.language import Language, language
from conversations.model import Answers, House, State
from conversations.round_checks import Mistake, mistakes, same_year
from rules.load import load_award
from rules.messages import message
from rules.periods import Interval, parse_interval
from rules.rounds import Milestone, Round

ANNOUNCE, CHANGE, WITHDRAW, BROADCAST = "announce", "change", "withdraw", "broadcast"
PREVIEW = "preview"

_ROUND = (
    "title", "number", "opens", "opens_at", "past", "closes", "closes_at", "hand_in", "where",
    "milestone", "milestones",
)  # fmt: skip
QUESTIONS = {
    ANNOUNCE: ("award", "year", *_ROUND),
    CHANGE: _ROUND,
    WITHDRAW: (),
    BROADCAST: ("award", "text"),
}
FIELDS = ("title", "number", "opens", "closes", "hand_in", "where", "milestones")
"""What can be changed of a published round."""

_WRONG: Mapping[Mistake, str] = {
    "closes_first": message("截止不能早于开始，也不能和开始是同一刻。请看看是不是打错了。"),
    "over": message("这个时候已经过去了，没法再报。请看看年份对不对。"),
    "far": message("这一天太远了，三年以外的先不发布。请看看年份对不对。"),
}


@dataclass(frozen=True, slots=True)
class Writing:
    """An officer's chat at a moment."""

    state: State
    now: datetime
    house: House

    @property
    def words(self) -> Language:
        """The officer's language."""
        return language(self.state.locale)

    def say(self, text: str, /, **values: object) -> str:
        """A message in the officer's language."""
        return self.words.say(text, **values)

    @property
    def focus(self) -> str:
        """Which page or question is open."""
        return self.state.focus or ""

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds of the officer's awards, the latest first."""
        mine = (each for each in self.house.rounds if each.award in self.house.officer_of)
        return tuple(sorted(mine, key=lambda each: each.closes, reverse=True))

    def published(self, number: object) -> Round | None:
        """The round of this number, if it is one of the officer's awards."""
        return next((each for each in self.rounds if str(each.id) == str(number)), None)

    @property
    def draft(self) -> Answers:
        """What was answered; nothing if it no longer is the officer's to write."""
        draft = self.state.draft
        if draft.get("doing") not in QUESTIONS or not self.house.officer_of:
            return {}
        if draft.get("award") not in (None, *self.house.officer_of):
            return {}
        if draft["doing"] in (CHANGE, WITHDRAW):
            found = self.published(draft.get("id"))
            # Somebody else has changed it meanwhile: begin again from what it is now.
            if found is None or found.withdrawn or found.version != draft.get("version"):
                return {}
        return draft

    @property
    def doing(self) -> str | None:
        """What is being written, if anything."""
        return self.draft.get("doing")

    @property
    def old(self) -> Round | None:
        """The published round that is being changed or withdrawn."""
        return self.published(self.draft.get("id"))

    @property
    def unfinished(self) -> bool:
        """Whether something has been written that would be a pity to lose."""
        begun = set(self.draft) - {"doing", "id", "version", "award", "milestones_done"}
        return bool(begun)

    @property
    def award(self) -> str:
        """The award that it is about; empty while it is not known."""
        return self.old.award if self.old else str(self.draft.get("award", ""))

    @property
    def award_name(self) -> str:
        """That award's name."""
        return self.say(load_award(self.award).spec.name) if self.award else ""

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone, in which days and hours are typed."""
        return zone_of(self.award) if self.award else ZoneInfo("Asia/Shanghai")

    @property
    def today(self) -> date:
        """The day that it is at the office."""
        return self.now.astimezone(self.zone).date()

    @property
    def digest(self) -> str:
        """Names this draft: a preview's button confirms no other."""
        text = json.dumps(dict(self.draft), sort_keys=True, ensure_ascii=False)
        return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"

    def value(self, question: str) -> Any:  # noqa: ANN401 - a JSON value
        """The answer that holds: what was written, or what is published."""
        if question in self.draft:
            return self.draft[question]
        return values_of(self.old, self.zone).get(question) if self.old else None

    def day(self, question: str) -> Interval | None:
        """The day answered, which may still be vague."""
        return day_of(self.value(question))

    def moment(self, question: str, at: str | None = None) -> datetime | None:
        """The moment that an exact day and its hour make; ``at`` is the hour if none is known."""
        day, hour = self.day(question), self.value(f"{question}_at") or at
        if day is None or not day.exact or hour is None:
            return None
        return datetime.combine(day.first, hour_of(hour), self.zone)

    @property
    def pending(self) -> Mapping[str, str] | None:
        """The further day that has a name and no date yet."""
        days = self.value("milestones") or ()
        return next((each for each in days if "day" not in each), None)

    def wrong(self, question: str) -> str:
        """Why an answer cannot stand, in words; empty if it can."""
        if question == "year" and same_year(self.rounds, self.award, int(self.value("year") or 0)):
            return self.say(
                "{award}{year}年度已经发布过一轮，一个年度只有一轮。要改就改那一轮；"
                "要发的是别的年度，请再说一次。",
                award=self.award_name, year=self.value("year"),
            )  # fmt: skip
        about = question.removesuffix("_at")
        touched = {key.removesuffix("_at") for key in self.draft} & {"opens", "closes"}
        # What is published stays as it is, unless the opening is moved behind the closing.
        if about not in ("opens", "closes") or not touched & {about, "opens"}:
            return ""
        opens, closes = self.moment("opens", "00:00"), self.moment("closes", END_OF_DAY)
        found = mistakes(opens, closes if about == "closes" else None, self.now)
        return next((self.say(_WRONG[each]) for each in found if each in _WRONG), "")

    def settled(self, question: str) -> bool:
        """Whether a question has an answer that stands."""
        match question:
            case "award":
                return self.award in self.house.officer_of
            case "past":
                opens = self.moment("opens")
                touched = self.doing == ANNOUNCE or {"opens", "opens_at"} & set(self.draft)
                passed = opens is not None and opens < self.now and bool(touched)
                return not passed or self.draft.get("past") == str(opens)
            case "milestone":
                return self.pending is None
            case "milestones":
                return bool(self.draft.get("milestones_done", self.doing == CHANGE))
            case "opens" | "closes":
                day = self.day(question)
                return day is not None and day.exact and not self.wrong(question)
        return self.value(question) is not None and not self.wrong(question)

    @property
    def current(self) -> str | None:
        """The question that is being asked, or the preview; ``None`` on another page."""
        page, _, question = self.focus.removeprefix("round:").partition(":")
        if page != "draft" or self.doing is None:
            return None
        if question == "milestones" and self.pending is not None:
            return "milestone"
        questions = QUESTIONS[self.doing]
        if question in questions:
            return question
        return next((each for each in questions if not self.settled(each)), PREVIEW)

    @property
    def answered(self) -> tuple[str, ...]:
        """The questions that were answered, in their order."""
        asked = QUESTIONS[self.doing] if self.doing else ()
        never = {"past", "milestone"} | ({"award"} if len(self.house.officer_of) == 1 else set())
        return tuple(each for each in asked if each not in never and self.settled(each))

    @property
    def before(self) -> str | None:
        """The question to which 返回 leads."""
        current, asked = self.current, QUESTIONS[self.doing] if self.doing else ()
        if self.doing not in (ANNOUNCE, BROADCAST):
            return None  # a change begins at the round, where its field was chosen
        place = asked.index(current) if current in asked else len(asked)
        earlier = [each for each in self.answered if asked.index(each) < place]
        return earlier[-1] if earlier else None

    def round(self) -> Round:
        """The round as it will be. Raises ValueError while a question is open."""
        if self.old is not None and self.doing == WITHDRAW:
            return replace(self.old, withdrawn=True, version=self.old.version + 1)
        opens, closes = self.moment("opens"), self.moment("closes")
        if opens is None or closes is None:
            raise ValueError("a question is open")
        old = self.old
        return Round(
            id=old.id if old else 0,
            award=self.award,
            year=old.year if old else int(self.value("year")),
            title=self.value("title"),
            number=self.value("number"),
            opens=opens,
            closes=closes,
            opens_since=old.opens_since if old and old.opens == opens else self.now,
            closes_since=old.closes_since if old and old.closes == closes else self.now,
            hand_in=self.value("hand_in"),
            where=self.value("where"),
            milestones=self._milestones(),
            version=old.version + 1 if old else 1,
        )

    def _milestones(self) -> tuple[Milestone, ...]:
        known = {(each.title, each.day): each for each in (self.old.milestones if self.old else ())}
        days = ((each["title"], date.fromisoformat(each["day"])) for each in
                self.value("milestones") or ())  # fmt: skip
        made = (known.get(named) or Milestone(*named, self.now) for named in days)
        return tuple(sorted(made, key=lambda each: each.day))


def values_of(published: Round, zone: ZoneInfo) -> dict[str, Any]:
    """A published round as answers."""
    opens, closes = published.opens.astimezone(zone), published.closes.astimezone(zone)
    return {
        "award": published.award,
        "year": published.year,
        "title": published.title,
        "number": published.number,
        "opens": opens.date().isoformat(),
        "opens_at": _hour(opens.time()),
        "closes": closes.date().isoformat(),
        "closes_at": _hour(closes.time()),
        "hand_in": published.hand_in,
        "where": published.where,
        "milestones": [
            {"title": each.title, "day": each.day.isoformat()} for each in published.milestones
        ],
    }


def zone_of(award: str) -> ZoneInfo:
    """The time zone of an award's office."""
    return ZoneInfo(load_award(award).spec.timezone)


def day_of(value: object) -> Interval | None:
    """A day as it is answered, which may still be vague."""
    return parse_interval(str(value)) if value else None


def _hour(moment: time) -> str:
    return moment.strftime("%H:%M")
