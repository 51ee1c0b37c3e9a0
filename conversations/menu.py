"""The menu and its pages: begin, saved screenings, languages, help; and what is asked now."""

import re
from dataclasses import replace
from datetime import datetime

from conversations import aside, guide, office_place, privacy, screening
from conversations.awards import find_awards
from conversations.guide import TOPICS
from conversations.language import language
from conversations.model import (
    DEFAULT_LOCALE,
    HOUSE,
    LOCALES,
    Answers,
    Choice,
    House,
    Reply,
    State,
)
from conversations.naming import named
from conversations.result import summary
from conversations.view import RESULT, look, view
from knowledge.load import awards as award_ids
from rules.load import load_award, load_awards

PAGES = frozenset({
    "menu", "screen", "award", "list", "delete", "language", "help", "cancel", "topics",
})  # fmt: skip
MENUS = frozenset({"menu", TOPICS})
"""Questions that need not be put again: they wait until something is chosen."""
# Most saved screenings that one chat keeps.
MOST = 50
# What may stand around a place that begins a screening: 我想报吉安的市长质量奖, 看看连云港.
_ONLY_A_PLACE = re.compile(
    r"^(?>我们?|公司|单位|企业|想|要|打算|准备|看看|看一下|查查|查一下|申报|申请|报名|报|能不能|能否|可不可以|可以|能"
    r"|个人|组织|市长质量奖|区长质量奖|政府质量奖|质量奖|金奖|提名奖|这个?奖|奖|市|区|的|在|吧|吗|了|请|帮我|选|就"
    r"|够不够条件|够条件|符合条件|够不够格|够资格|有没有资格|是|咱|啊|呀|嘛|么|不|行|想问|问"
    r"|apply|for|in|the|award|i|we|can|want|to|quality|\W)*$"
)
NAMES = {"zh_Hans": "简体中文", "zh_Hant": "繁體中文", "en": "English"}

Step = tuple[State, tuple[Reply, ...]]


def current(state: State, now: datetime, house: House = HOUSE) -> Reply:
    """What is being asked now: it follows from the state alone."""
    # Imported here: these flows end by putting the question that is asked after them.
    from conversations import answering, beside, deadlines, desk, office, rounds  # noqa: PLC0415

    if state.focus == privacy.FORGET:
        return privacy.question(state)
    if answering.is_open(state):
        return answering.prompt(state)
    if beside.is_open(state):
        settled = desk.settled(state, house)
        if settled is state:
            return desk.prompt(state, now, house)
        return current(settled, now, house)
    if aside.is_open(state):
        return deadlines.prompt(state, now, house)
    if office.here(state, house):
        return office.prompt(state, now, house)
    state = office_place.closed(state)
    if rounds.here(state, house):
        return rounds.prompt(state, now, house)
    if state.screening is not None:
        return screening.prompt(look(state, now, house))
    return _prompt(state, now, house)


def again(state: State, now: datetime, remark: str, house: House = HOUSE) -> Step:
    """Say something and put the present question again."""
    return state, (screening.noted(current(state, now, house), remark),)


def shortened(state: State, asked: Reply) -> Reply:
    """What is asked now, without what was said at length when it was asked first."""
    if asked.question != RESULT:
        return asked
    return replace(asked, text=language(state.locale).say("接下来想做什么？"))


def _prompt(state: State, now: datetime, house: House) -> Reply:
    """The page that is open."""
    if state.focus == "list":
        return _list(state, now)
    if state.focus == "delete":
        return _delete(state, now)
    if state.focus == "language":
        return _languages()
    if state.focus == TOPICS:
        return guide.topics(state)
    return _menu(state, house)


def page(state: State, name: str, argument: str, now: datetime, house: House) -> Step:
    """Open a page."""
    words = language(state.locale)
    if name == "screen":
        return begin(state, {}, now, house)
    if name == "award":
        # The answers that are not about the award carry over; the old screening stays as it is.
        old = state.screening.answers if state.screening else {}
        kept = {key: value for key, value in old.items() if key not in ("award", "tier")}
        return begin(state, kept, now, house)
    if name == "language":
        chosen = next((code for code in LOCALES if code.lower() == argument.lower()), None)
        if chosen:
            return switch(state, chosen, now, house)
        state = replace(state, current=None, focus="language")
    elif name == TOPICS and state.screening is not None:
        # A self-check is not left for that.
        hint = words.say("直接打字问就行，比如“奖金多少”“获奖后几年能再报”；答完接着原来那一题。")
        return again(state, now, hint, house)
    elif name in ("list", "delete", TOPICS):
        state = replace(state, current=None, focus=name)
    elif name == "help":
        return state, (
            Reply(guide.help_text(state, house)),
            shortened(state, current(state, now, house)),
        )
    elif name == "cancel" and state.screening is not None:
        remark = words.say("好，先停在这里。答案都留着，在“看保存的自查”里可以接着来。")
        return again(replace(state, current=None, focus=None), now, remark, house)
    else:
        state = replace(state, current=None, focus=None)
    return state, (current(state, now, house),)


def start(state: State, argument: str, now: datetime, house: House) -> Step:
    """Begin, or begin with an award: ``jian``, ``jian_individual``."""
    award, _, track = (argument, "", "") if argument in award_ids() else argument.rpartition("_")
    if award in award_ids():
        answers = {"award": award}
        if track in load_award(award).tracks:
            answers["track"] = track
        return _linked(state, answers, now, house)
    state = replace(state, current=None, focus=None)
    hello = language(state.locale).say(
        "您好！我帮您对照政府质量奖的管理办法，看看能不能申报；不能的话，差在哪里、依据哪一条、从哪天起可以。"
    )
    return again(state, now, hello, house)


def _linked(state: State, answers: Answers, now: datetime, house: House) -> Step:
    """Whoever comes by a link begins with its award, or goes on where they were with it."""
    words = language(state.locale)
    name = words.say(load_award(answers["award"]).spec.name)
    for saved in reversed(state.screenings):
        if answers.items() <= saved.answers.items() and view(state, saved, now).agenda.open:
            if saved.answers == answers and saved.id == state.current:
                break
            state = replace(state, current=saved.id, focus=None)
            remark = words.say(
                "{name}您上次没有答完，接着来。想从头再来一份，打“换一个奖”。", name=name
            )
            return again(state, now, remark, house)
    state, replies = begin(state, answers, now, house)
    if state.told:
        remark = words.say("好，看{name}。", name=name)
    else:
        remark = words.say("您好！我陪您对照{name}的管理办法，看看能不能申报。", name=name)
    return state, (screening.noted(replies[0], remark), *replies[1:])


def begin(state: State, answers: Answers, now: datetime, house: House) -> Step:
    """Begin a new screening, unless the open one is no further than that."""
    if state.screening is not None and state.screening.answers == answers:
        return state, (current(state, now, house),)
    if len(state.screenings) >= MOST:
        say = language(state.locale).say
        full = say("已经保存了{count}份自查。请先删掉用不着的。", count=MOST)
        return again(replace(state, current=None, focus="list"), now, full, house)
    state = state.begin(answers)
    return state, (current(state, now, house),)


def begins(text: str) -> bool:
    """Whether a text is a place, and perhaps that somebody wants to apply there: no more."""
    return bool(find_awards(text)) and bool(_ONLY_A_PLACE.match(named(text).rest))


def said(state: State, text: str, now: datetime, house: House) -> Step:
    """Something was typed while no screening is open: a place begins one."""
    words = language(state.locale)
    found = find_awards(text)
    if len(found) == 1:
        state, replies = begin(state, {"award": found[0].award}, now, house)
        name = words.say(load_award(found[0].award).spec.name)
        remark = words.say("好，看{name}。", name=name)
        if found[0].region:
            remark = words.say(
                "{region}这边，我这里有的是{name}。", region=words.say(found[0].region), name=name
            )
        return state, (screening.noted(replies[0], remark), *replies[1:])
    names = words.listed(words.say(award.spec.area) for award in load_awards())
    if found:
        names = words.listed(words.say(load_award(m.award).spec.name) for m in found)
        remark = words.say("这可能指几个奖：{names}。请说出其中一个。", names=names)
    else:
        remark = words.say(
            "没看懂。我能对照的有：{names}。说一个地名，或者点下面的选项。", names=names
        )
    return again(state, now, remark, house)


def opened(state: State, argument: str, now: datetime, house: House) -> Step:
    """Open a saved screening; ``-3`` deletes the third."""
    number = argument.removeprefix("-")
    chosen = next((s for s in state.screenings if str(s.id) == number), None)
    if chosen is None:
        return page(state, "list", "", now, house)
    if argument.startswith("-"):
        left = tuple(s for s in state.screenings if s is not chosen)
        state = replace(state, screenings=left, current=None, focus="list")
        return again(state, now, language(state.locale).say("已经删掉。"), house)
    state = replace(state, current=chosen.id, focus=None)
    return state, screening.shown(look(state, now, house))


def switch(state: State, locale: str, now: datetime, house: House) -> Step:
    """Change the language."""
    known = locale if locale in LOCALES else DEFAULT_LOCALE
    focus = None if state.focus == "language" else state.focus
    state = replace(state, locale=known, focus=focus)
    return again(state, now, language(known).say("好，就用中文。"), house)


def _menu(state: State, house: House) -> Reply:
    say = language(state.locale).say
    choices = [Choice("m:screen", say("看看能不能申报"))]
    if state.screenings:
        choices.append(Choice("m:list", say("看保存的自查")))
    choices += [
        Choice("m:topics", say("问办法里的问题")),
        Choice("n:list", say("日期和提醒")),
        Choice("n:wait", say("获过奖，多久能再报")),
    ]
    if any(each.mine for each in house.tickets):
        choices.append(Choice("k:mine", say("我的提问")))
    if house.officer_of:
        choices.append(Choice("k:desk", say("看待办")))
    choices += [Choice("m:language", "语言 / Language"), Choice("m:help", say("怎么用"))]
    text = say("想做什么？也可以直接说地名，比如“吉安”；或者直接问，比如“吉安奖金多少”。")
    return Reply(text, "menu", tuple(choices))


def _list(state: State, now: datetime) -> Reply:
    words = language(state.locale)
    choices = []
    for saved in state.screenings:
        line = summary(view(state, saved, now))
        choices.append(Choice(f"s:{saved.id}", words.say("打开：{line}", line=line)))
    if choices:
        choices.append(Choice("m:delete", words.say("删掉一份…")))
    text = words.say("保存的自查：") if choices else words.say("还没有保存的自查。")
    return Reply(text, "list", (*choices, Choice("m:menu", words.say("回到菜单"))))


def _delete(state: State, now: datetime) -> Reply:
    words = language(state.locale)
    choices = [Choice("m:list", words.say("不删了"))]
    for saved in state.screenings:
        line = summary(view(state, saved, now))
        choices.append(Choice(f"s:-{saved.id}", words.say("删掉：{line}", line=line)))
    return Reply(words.say("要删掉哪一份？删了就找不回来了。"), "delete", tuple(choices))


def _languages() -> Reply:
    choices = tuple(Choice(f"l:{code}", name) for code, name in NAMES.items())
    return Reply("语言 / Language", "language", choices)
