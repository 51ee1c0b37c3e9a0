"""Handing a question to an award's office: which award, what goes with it, a look, and it is sent.

The question comes from what the assistant could not answer, or is typed here. The self-check goes
with it only if the asker says so.
"""

import json
import zlib
from dataclasses import replace
from datetime import datetime

from conversations import beside, desk_deeds, own_questions, ticket_words
from conversations.answers import read_yes_no
from conversations.awards import find_awards
from conversations.language import language
from conversations.model import NUMBER, AskOffice, Choice, House, Reply, Screening, State
from conversations.result import summary
from conversations.shown import told
from conversations.view import look, title, view
from conversations.written import together, written
from knowledge.fold import fold
from knowledge.load import awards as award_ids
from rules.load import load_award, load_awards

LONGEST_SHARED = 1500
MOST_OPEN = 5
PAGE = "ask:"
_SEND = ("发", "发吧", "发送", "发出去", "发过去", "就这样", "就这样发", "确认", "确认发送", "send")

Step = tuple[State, Reply]


def begun(state: State, question: str, award: str | None) -> State:
    """The same with a question to the office begun; what is known of it is not asked."""
    known: dict[str, str] = {}
    if written(question):
        known["question"] = written(question)
    talked = award or (state.screening.answers.get("award") if state.screening else None)
    if talked in award_ids():
        known["award"] = str(talked)
    return beside.opened(beside.closed(state), PAGE, **known)


def prompt(state: State, now: datetime, house: House) -> Reply:
    """What is asked now, before it is sent."""
    say = language(state.locale).say
    leave = (Choice("k:leave", say("不问了")),)
    match current(state):
        case "question":
            text = say("想问工作人员什么？请写下来，一条消息说完。")
            return Reply(text, "ask:question", actions=leave)
        case "award":
            text = say("是关于哪个奖的？工作人员各管各的。")
            choices = tuple(
                Choice(f"k:about:{award.id}", say(award.spec.name)) for award in load_awards()
            )
            return Reply(text, "ask:award", choices, leave)
        case "share":
            text = say("您在这里做过{award}的自查。要不要一起给工作人员看？不给也一样答。",
                       award=_award_name(state))  # fmt: skip
            choices = (
                Choice("k:share:no", say("不给看")),
                Choice("k:share:yes", say("给看，答起来更准")),
            )
            return Reply(text, "ask:share", choices, leave)
    return _preview(state, now, house)


def current(state: State) -> str:
    """What is still to be answered, or ``preview``."""
    draft = state.draft
    if not draft.get("question"):
        return "question"
    if draft.get("award") not in award_ids():
        return "award"
    if "share" not in draft and screening_of(state) is not None:
        return "share"
    return "preview"


def taken(state: State, text: str) -> tuple[State, str]:
    """The same with what was typed as the answer; and a remark if it is none."""
    say = language(state.locale).say
    match current(state):
        case "question":
            refused = too_long(state, text)
            if refused:
                return state, refused
            return beside.answered(state, question=written(text)), ""
        case "award":
            found = find_awards(text)
            if len(found) == 1:
                return chosen(state, found[0].award), ""
            return state, say("没看懂是哪个奖。请选一个。")
        case "share":
            answer = read_yes_no(text)
            if answer is None:
                return state, say("没看懂。给看，还是不给看？")
            return beside.answered(state, share=answer), ""
    return state, say("还没有发出去。看一看，要发就选“发给工作人员”。")


def too_long(state: State, question: str) -> str:
    """Why a question is not taken; empty if it is."""
    return desk_deeds.unfit(language(state.locale), written(question)) if question else ""


def agreed(state: State, text: str) -> bool:
    """Whether a text says that what is shown is to be sent."""
    if current(state) != "preview":
        return False
    return fold(text).rstrip("。.!~") in _SEND or read_yes_no(text) is True


def chosen(state: State, award: str) -> State:
    """The same about another award; whether its self-check is shown is asked anew."""
    return beside.answered(beside.without(state, "share"), award=award)


def back(state: State) -> State | None:
    """The same with the last answer taken back; ``None`` before the first."""
    given = [name for name in ("question", "award", "share") if name in state.draft]
    return beside.without(state, given[-1]) if given else None


def sent(state: State, now: datetime, house: House) -> Step:
    """The question is sent; what was written is gone, so that a second tap sends nothing."""
    words = language(state.locale)
    say, award = words.say, str(state.draft["award"])
    shared = _shared(state, now) if state.draft.get("share") is True else ""
    order = AskOffice(award, str(state.draft["question"]), shared)
    usually = ticket_words.usually(words, house.usual, award)
    nobody = "" if award in house.staffed else say(
        "这个奖现在还没有工作人员在这里；您的提问先留着，有人来了就能看到。急的话，请直接打电话问评审办公室。"
    )  # fmt: skip
    text = words.joined(
        say("发出去了，是第{number}号。有人接、有答复，都在这里告诉您。", number=NUMBER),
        usually,
        nobody,
        say("想看进展，打“我的提问”。"),
    )
    choices = (
        Choice(f"k:{NUMBER}:add", say("补充{number}号提问", number=NUMBER)),
        Choice(f"k:{NUMBER}:back", say("撤回{number}号提问", number=NUMBER)),
    )
    failed = say("没有发出去：您有{count}个提问还在等答复。先等一等，或者补充到其中一个里。",
                 count=MOST_OPEN)  # fmt: skip
    reply = Reply(
        text, actions=choices, effect=order, otherwise=failed,
        fallback=(Choice("k:mine", say("我的提问")),),
    )  # fmt: skip
    return beside.closed(state), reply


def full(house: House) -> bool:
    """Whether so many questions wait that there can be no other."""
    return sum(each.open for each in own_questions.mine(house)) >= MOST_OPEN


def digest(state: State) -> str:
    """Names what was looked at: the button of another preview sends nothing."""
    text = json.dumps(dict(state.draft), sort_keys=True, ensure_ascii=False)
    return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


def screening_of(state: State) -> Screening | None:
    """The latest self-check of the award that it is about, if it has come to anything."""
    award = state.draft.get("award")
    for each in reversed(state.screenings):
        if each.answers.get("award") == award and len(each.answers) > 1:
            return each
    return None


def _preview(state: State, now: datetime, house: House) -> Reply:
    words = language(state.locale)
    say = words.say
    lines = [
        say("要发给{award}工作人员的就是这些：", award=_award_name(state)),
        say("问：{text}", text=together(str(state.draft["question"]))),
    ]
    if state.draft.get("share") is True:
        lines.append(say("自查：\n{text}", text=_shared(state, now)))
    elif screening_of(state) is not None:
        lines.append(say("您的自查不给看。"))
    lines.append(
        words.joined(
            say("不带您的姓名和电话；您自己写在问题里的，会照样发过去。"),
            ticket_words.usually(words, house.usual, str(state.draft["award"])),
        )
    )
    choices = (
        Choice(f"k:send:{digest(state)}", say("发给工作人员")),
        Choice("k:edit:question", say("改问题")),
        Choice("k:edit:award", say("换一个奖")),
    )
    actions = (Choice("k:leave", say("不问了")),)
    return Reply("\n\n".join(lines), "ask:preview", choices, actions)


def _shared(state: State, now: datetime) -> str:
    """The self-check as officers see it, in the language of the offices."""
    screening = screening_of(state)
    if screening is None:
        return ""
    plain = replace(state, locale="zh_Hans", focus=None, current=screening.id)
    seen = look(plain, now)
    lines = [summary(view(plain, screening, now))]
    for question in seen.agenda.done:
        answer = told(seen, question)
        if question not in ("award", "mode") and answer:
            lines.append(f"{title(seen, question)}：{answer}")
    text = "\n".join(lines)
    return text if len(text) <= LONGEST_SHARED else f"{text[:LONGEST_SHARED]}…"


def _award_name(state: State) -> str:
    return language(state.locale).say(load_award(str(state.draft["award"])).spec.name)
