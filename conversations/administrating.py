"""What administrators do: invite, remove officers, look at what was done."""

from conversations import beside
from conversations.language import language
from conversations.model import (
    CODE,
    LOG,
    Choice,
    House,
    Invite,
    RemoveOfficer,
    Reply,
    ShowLog,
    State,
)
from conversations.tickets import Colleague
from conversations.written import written
from knowledge.load import awards as award_ids
from rules.load import load_award, load_awards
from rules.messages import message

STAFF, INVITING = "desk:staff", "desk:invite"
ALL, ADMINISTRATOR = "all", "admin"
LONGEST_LABEL = 40
BACK = message("回到工作人员")

Result = tuple[State, Reply]


def pressed(state: State, head: str, rest: str, house: House) -> Result | None:
    """Do what a button of an administrator's says; ``None`` if there is none such."""
    if not house.is_admin:
        return None
    match head:
        case "staff":
            return _opened(state, STAFF, house)
        case "invite" if not rest:
            return _opened(state, "desk:for", house)
        case "invite" if rest in (*award_ids(), ALL, ADMINISTRATOR):
            after = beside.opened(state, INVITING, of=rest)
            return after, prompt(after, house)
        case "code" if state.focus == INVITING:
            return invited(state, "")
        case "off" if not rest:
            return _opened(state, "desk:off", house)
        case "off" if _other(house, rest):
            return _opened(state, f"desk:off:{rest}", house)
        case "gone" if _other(house, rest):
            return _removed(state, rest, house)
        case "log":
            say = language(state.locale).say
            text = say("最近做过的：\n{log}", log=LOG)
            after = beside.opened(state, STAFF)
            return after, Reply(text, actions=_back(say(BACK)), effect=ShowLog())
    return None


def prompt(state: State, house: House) -> Reply:
    """The page of an administrator's that is open."""
    say = language(state.locale).say
    page, _, number = (state.focus or "").removeprefix("desk:").partition(":")
    match page:
        case "invite":
            text = say("怎么称呼这位同事？同事之间看得到，提问的人看不到。比如“质量科小王”。")
            choices = (Choice("k:code", say("不用称呼")),)
            return Reply(text, INVITING, choices, _back(say("不邀请了")))
        case "for":
            return _for_which(state)
        case "off" if found := _other(house, number):
            text = say("移出{who}？手上的提问会放回去，请别的同事接。", who=_who(state, found))
            yes, no = Choice(f"k:gone:{number}", say("移出")), Choice("k:staff", say("不移了"))
            return Reply(text, "desk:sure", (yes, no))
        case "off":
            return _whom(state, house)
    return _page(state, house)


def _back(label: str) -> tuple[Choice, ...]:
    return (Choice("k:staff", label),)


def _other(house: House, number: str) -> Colleague | None:
    """The officer with this number, if it is not whoever speaks."""
    found = (each for each in house.colleagues if str(each.number) == number)
    return next((each for each in found if each.number not in house.numbers), None)


def _who(state: State, colleague: Colleague) -> str:
    say = language(state.locale).say
    return colleague.label or say("{number}号工作人员", number=colleague.number)


def _opened(state: State, focus: str, house: House) -> Result:
    after = beside.opened(state, focus)
    return after, prompt(after, house)


def invited(state: State, label: str) -> Result:
    """A code is made for a colleague whom others will call so."""
    of = str(state.draft.get("of"))
    say = language(state.locale).say
    award = of if of in award_ids() else None
    order = Invite(
        award,
        administrator=of == ADMINISTRATOR,
        label=" ".join(written(label).split())[:LONGEST_LABEL],
    )
    text = say(
        "请把这一行发给那位同事，让他发给我：\n\n/staff {code}\n\n"
        "只能用一次，七天内有效。谁拿到谁就能用，别发到群里。",
        code=CODE,
    )  # fmt: skip
    after = beside.opened(state, STAFF)
    return after, Reply(text, actions=_back(say(BACK)), effect=order)


def _page(state: State, house: House) -> Reply:
    say = language(state.locale).say
    lines = [_line(state, each, house) for each in house.colleagues]
    choices = [Choice("k:invite", say("邀请同事"))]
    if any(each.number not in house.numbers for each in house.colleagues):
        choices.append(Choice("k:off", say("移出一位")))
    choices += [Choice("k:log", say("看做过什么")), Choice("k:desk", say("看待办"))]
    text = say("工作人员：\n{lines}", lines="\n".join(lines))
    return Reply(text, STAFF, tuple(choices), (Choice("k:leave", say("回去")),))


def _line(state: State, each: Colleague, house: House) -> str:
    words = language(state.locale)
    say = words.say
    award = say("全部奖项") if each.award is None else say(load_award(each.award).spec.name)
    parts = [
        say("{number}号", number=each.number),
        each.label,
        award,
        say("管理员") if each.administrator else "",
        say("（就是您）") if each.number in house.numbers else "",
    ]
    return " ".join(part for part in parts if part)


def _for_which(state: State) -> Reply:
    say = language(state.locale).say
    choices = [Choice(f"k:invite:{award.id}", say(award.spec.name)) for award in load_awards()]
    choices.append(Choice(f"k:invite:{ALL}", say("全部奖项")))
    choices.append(Choice(f"k:invite:{ADMINISTRATOR}", say("全部奖项，也当管理员")))
    return Reply(say("请哪个奖的同事加入？"), "desk:for", tuple(choices), _back(say("不邀请了")))


def _whom(state: State, house: House) -> Reply:
    say = language(state.locale).say
    choices = tuple(
        Choice(f"k:off:{each.number}", _line(state, each, house))
        for each in house.colleagues
        if each.number not in house.numbers
    )
    return Reply(say("移出哪一位？"), "desk:off", choices, _back(say("不移了")))


def _removed(state: State, number: str, house: House) -> Result | None:
    found = _other(house, number)
    if found is None:
        return None
    say = language(state.locale).say
    text = say("{who}不再是工作人员了。", who=_who(state, found))
    after = beside.opened(state, STAFF)
    back = _back(say(BACK))
    return after, Reply(text, actions=back, effect=RemoveOfficer(found.number))
