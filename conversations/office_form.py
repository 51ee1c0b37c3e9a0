"""What an officer writes down: an office answer or a canned answer, field by field.

A draft is kept in the chat's state, answers by field; which field comes next and what will be kept
is computed. One that stands already lends what has not been changed.
"""

import json
import re
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from conversations.awards import find_awards
from conversations.canned import Canned
from conversations.dates import read_day
from conversations.language import Language, language
from conversations.model import Answers, House, OfficeAnswer, State
from conversations.numerals import read_number
from conversations.office_checks import (
    LONGEST_QUESTION,
    LONGEST_TITLE,
    Problem,
    cited,
    problems_of,
    wrong_with,
)
from conversations.writing import zone_of
from knowledge.fold import fold
from rules.messages import message
from rules.periods import Interval

ANSWER, CANNED = "answer", "canned"
PREVIEW = "preview"
FIELDS = {
    ANSWER: ("award", "questions", "text", "provisions", "until"),
    CANNED: ("award", "title", "text"),
}
TITLES = {
    "award": message("奖项"),
    "questions": message("问题"),
    "title": message("名称"),
    "text": message("答复"),
    "provisions": message("依据"),
    "until": message("有效期"),
}
_NONE = ("没有", "无", "不用", "没", "none", "no")
_FOR_EVER = ("一直有效", "长期", "长期有效", "不限", "没有期限", "没有", "无", "一直", "for good",
             "for ever", "forever", "no end", "none")  # fmt: skip
_NUMBER = r"[0-9一二三四五六七八九十]+"
_ARTICLE = re.compile(
    rf"第?(?P<article>{_NUMBER})条(?:第?[(（]?(?P<item>{_NUMBER})[)）]?项?)?"
    r"|(?P<id>art-\d+(?:\.\d+)?(?:\.p\d+)?)|(?P<short>\d+(?:\.\d+)?)"
)


@dataclass(frozen=True, slots=True)
class Refused:
    """What was said is no answer; ``reason`` says why, in the officer's language."""

    reason: str


@dataclass(frozen=True, slots=True)
class Form:
    """An officer's chat while they write something down."""

    state: State
    now: datetime
    house: House

    @property
    def words(self) -> Language:
        """The officer's language."""
        return language(self.state.locale)

    @property
    def draft(self) -> Answers:
        """What is written so far; nothing if it no longer is the officer's to write."""
        draft = self.state.draft
        fits = draft.get("kind") in FIELDS and draft.get("award") in (None, *self.house.officer_of)
        return draft if fits else {}

    @property
    def kind(self) -> str:
        """What is being written; empty if nothing is."""
        return str(self.draft.get("kind", ""))

    @property
    def award(self) -> str:
        """The award that it is for; empty while that is not known."""
        return str(self.draft.get("award") or "")

    @property
    def today(self) -> date:
        """The day that it is at the office."""
        return self.now.astimezone(zone_of(self.award or "jian")).date()

    @property
    def current(self) -> str:
        """The field that is being asked for, or the preview."""
        fields = FIELDS[self.kind]
        editing = self.draft.get("editing")
        if editing in fields:
            return str(editing)
        return next((each for each in fields if each not in self.draft), PREVIEW)

    @property
    def digest(self) -> str:
        """Names this draft: a preview's button confirms no other."""
        kept = {name: self.draft.get(name) for name in ("id", "version", *FIELDS[self.kind])}
        text = json.dumps(kept, sort_keys=True, ensure_ascii=False)
        return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"

    def answer(self) -> OfficeAnswer:
        """The office answer that is written; what is open is empty."""
        until = self.draft.get("until")
        since = self.draft.get("since")
        return OfficeAnswer(
            id=int(self.draft.get("id", 0)),
            award=self.award,
            questions=tuple(self.draft.get("questions", ())),
            text=str(self.draft.get("text", "")),
            provisions=tuple(self.draft.get("provisions", ())),
            since=date.fromisoformat(since) if since else self.today,
            until=date.fromisoformat(until) if until else None,
            version=int(self.draft.get("version", 0)) + 1,
        )

    def canned(self) -> Canned:
        """The canned answer that is written; what is open is empty."""
        return Canned(
            id=int(self.draft.get("id", 0)),
            award=self.award,
            title=str(self.draft.get("title", "")),
            text=str(self.draft.get("text", "")),
            version=int(self.draft.get("version", 0)) + 1,
        )

    def problems(self) -> tuple[Problem, ...]:
        """Why it cannot be kept yet."""
        if self.kind == ANSWER:
            return problems_of(self.answer())
        return wrong_with(self.canned())


def of_answer(kept: OfficeAnswer) -> dict[str, Any]:
    """An office answer as a draft that changes it."""
    return {
        "kind": ANSWER, "id": kept.id, "version": kept.version, "award": kept.award,
        "questions": list(kept.questions), "text": kept.text,
        "provisions": list(kept.provisions), "since": kept.since.isoformat(),
        "until": kept.until.isoformat() if kept.until else "",
    }  # fmt: skip


def of_canned(kept: Canned) -> dict[str, Any]:
    """A canned answer as a draft that changes it."""
    return {
        "kind": CANNED, "id": kept.id, "version": kept.version, "award": kept.award,
        "title": kept.title, "text": kept.text,
    }  # fmt: skip


def read(form: Form, field: str, text: str) -> object:
    """What was typed for a field, as the draft keeps it, or ``Refused``."""
    say = form.words.say
    match field:
        case "award":
            found = {each.award for each in find_awards(text)} & form.house.officer_of
            return min(found) if len(found) == 1 else Refused(say("没看懂是哪个奖，请选一个。"))
        case "questions":
            return _questions(form, text)
        case "title":
            title = " ".join(text.split())
            if len(title) > LONGEST_TITLE:
                return Refused(say("名称请短一点，{count}个字以内。", count=LONGEST_TITLE))
            return title
        case "provisions":
            return _provisions(form, text)
        case "until":
            return _until(form, text)
    wrong = _wrong_text(form, text)
    return Refused(wrong) if wrong else text.strip()


def _wrong_text(form: Form, text: str) -> str:
    if form.kind != CANNED:
        return ""
    trial = Canned(0, form.award, "x", text)
    found = next((each for each in wrong_with(trial) if each.mistake == "no_place"), None)
    if found is None:
        return ""
    return form.words.say(
        "“{place}”我不会填。能填的只有：{places}。请改一改再发。",
        place=f"{{{found.value}}}" if found.value not in "{}" else found.value, places=PLACES,
    )  # fmt: skip


# As they are typed; the same in every language.
PLACES = "{award} {number} {day} {closing}"


def _questions(form: Form, text: str) -> object:
    found = [" ".join(line.split()) for line in text.splitlines()]
    questions = list(dict.fromkeys(each for each in found if each))
    if not questions:
        return Refused(form.words.say("没有收到文字。"))
    if any(len(each) > LONGEST_QUESTION for each in questions):
        return Refused(
            form.words.say("一种问法请在{count}个字以内。", count=LONGEST_QUESTION)
        )  # fmt: skip
    return questions


def _provisions(form: Form, text: str) -> object:
    folded = fold(text).strip("。. ")
    if folded in _NONE:
        return []
    matches = [*_ARTICLE.finditer(folded)]
    ids = list(dict.fromkeys(_provision(match) for match in matches))
    if not ids:
        return Refused(form.words.say("没看懂是第几条。比如“第十条第（三）项”。没有就说“没有”。"))
    unknown = next((each for each in ids if cited(form.award, each) is None), None)
    if unknown is not None:
        at = next(match[0] for match in matches if _provision(match) == unknown)
        return Refused(form.words.say("这个办法里没有“{provision}”，请核对一下。", provision=at))
    return ids


def _provision(match: re.Match[str]) -> str:
    if match["id"]:
        return match["id"]
    if match["short"]:
        return f"art-{match['short']}"
    item = f".{read_number(match['item'])}" if match["item"] else ""
    return f"art-{read_number(match['article'])}{item}"


def _until(form: Form, text: str) -> object:
    if fold(text).strip("。. ") in _FOR_EVER:
        return ""
    found = read_day(text, form.today)
    if isinstance(found, Interval):
        found = found.last  # 明年6月底: as long as it can mean
    if not isinstance(found, date) or found == date.max:
        return Refused(form.words.say("没看懂是哪一天。比如“2027年6月30日”，或者“一直有效”。"))
    if found < form.today:
        return Refused(form.words.say("这一天已经过去了，请再说一次。"))
    return found.isoformat()
