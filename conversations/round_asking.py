"""How the officer's questions are put, and the pages around them."""

from datetime import date, datetime

from conversations.model import Choice, Reply
from conversations.round_checks import same_year
from conversations.round_preview import lines, note, preview, summary, told
from conversations.writing import CHANGE, FIELDS, PREVIEW, Writing
from rules.load import load_award
from rules.messages import message

MENU = "round:menu"

TITLES = {
    "award": message("奖项"),
    "year": message("年度"),
    "title": message("通知标题"),
    "number": message("文号"),
    "opens": message("开始申报"),
    "opens_at": message("开始的时间"),
    "past": message("开始申报"),
    "closes": message("截止"),
    "closes_at": message("截止的时间"),
    "hand_in": message("交什么"),
    "where": message("交到哪里"),
    "milestone": message("其他日子"),
    "milestones": message("其他日子"),
    "text": message("要发的话"),
}
_TEXTS = {
    "award": message("要发布哪个奖的？"),
    "year": message("评哪一个年度的{award}？"),
    "title": message("通知的标题是什么？照着红头文件写。"),
    "number": message("文号是多少？"),
    "opens": message("哪天几点开始申报？可以一起说，比如“2027年3月1日上午9点”。"),
    "opens_at": message("{day}几点开始？"),
    "closes": message("哪天几点截止？可以一起说，比如“6月30日下午5点”。"),
    "closes_at": message("{day}几点截止？"),
    "hand_in": message("要交哪些材料？写几句就行，照通知的说法。"),
    "where": message("交到哪里？单位、地址、电话或者网址。"),
    "text": message("想对关注{award}的人说什么？请一次写完，最多1000个字。"),
}
_HOURS = {
    "opens_at": ("00:00", "08:30", "09:00"),
    "closes_at": ("12:00", "17:00", "17:30", "24:00"),
}
_SKIP = {
    "number": message("没有文号"),
    "hand_in": message("通知里有，这里不写"),
    "where": message("通知里有，这里不写"),
}


def title(seen: Writing, question: str) -> str:
    """What a question is about, in a word."""
    return seen.say(TITLES[question])


def page_of(name: str, number: str = "") -> str:
    """The focus of a page: the menu, the list, or a round's."""
    return f"round:{name}:{number}" if number else f"round:{name}"


def prompt(seen: Writing) -> Reply:
    """What is being asked now."""
    if seen.current == PREVIEW:
        return preview(seen)
    if seen.current is not None:
        return _ask(seen, seen.current)
    page, _, number = seen.focus.removeprefix("round:").partition(":")
    if page == "list":
        return _list(seen)
    if page == "fields" and seen.doing is not None:
        return _fields(seen)
    found = seen.published(number) if page == "of" else None
    if found is not None and not found.withdrawn:
        return _round(seen, number)
    return _menu(seen)


def actions(seen: Writing) -> tuple[Choice, ...]:
    """What can be done at every question."""
    return Choice("o:back", seen.say("返回")), Choice("o:cancel", seen.say("先停一停"))


def _menu(seen: Writing) -> Reply:
    say = seen.say
    choices = []
    if seen.unfinished:
        choices += [
            Choice("o:resume", say("接着写没写完的")),
            Choice("o:drop", say("丢掉没写完的")),
        ]
    choices += [
        Choice("o:new", say("发布新一轮申报通知")),
        Choice("o:list", say("看已经发布的，改或者撤回")),
        Choice("o:say", say("给关注的人发一条消息")),
        Choice("m:menu", say("回到菜单")),
    ]
    awards = seen.words.listed(
        say(load_award(award).spec.name) for award in sorted(seen.house.officer_of)
    )
    return Reply(say("{awards}：想做什么？", awards=awards), MENU, tuple(choices))


def _list(seen: Writing) -> Reply:
    say = seen.say
    standing = [each for each in seen.rounds if not each.withdrawn]
    choices = [Choice(f"o:of:{each.id}", summary(seen, each)) for each in standing]
    text = say("已经发布的：") if choices else say("还没有发布过。")
    back = Choice("o:menu", say("返回"))
    return Reply(text, "round:list", (*choices, back))


def _round(seen: Writing, number: str) -> Reply:
    """A published round with what can be changed of it."""
    published = seen.published(number)
    if published is None:
        raise ValueError("no such round")
    say = seen.say
    choices = [
        Choice(f"o:c:{number}:{field}", say("改：{what}", what=title(seen, field)))
        for field in FIELDS
    ]
    withdraw = Choice(f"o:w:{number}", say("撤回这一轮"))
    back = Choice("o:list", say("返回"))
    text = "\n".join(lines(seen, published))
    return Reply(text, "round:of", (*choices, withdraw, back))


def _fields(seen: Writing) -> Reply:
    """The answers of a draft, to choose one that is to be changed."""
    say = seen.say
    # An hour is changed with its day.
    asked = FIELDS if seen.doing == CHANGE else (
        each for each in seen.answered if not each.endswith("_at"))  # fmt: skip
    choices = []
    for each in asked:
        answer = told(seen, each)
        short = answer if len(answer) <= 30 else f"{answer[:29]}…"
        label = say("{title}：{answer}", title=title(seen, each), answer=short)
        choices.append(Choice(f"o:f:{each}", " ".join(label.split())))
    back = Choice("o:resume", say("不改了"))
    return Reply(say("想改哪一项？"), "round:fields", (*choices, back))


def _ask(seen: Writing, question: str) -> Reply:
    text, choices = _question(seen, question)
    present = "" if question in ("past", "milestone", "milestones") else told(seen, question)
    if present:
        text = f"{text}\n{seen.say('（现在的回答：{answer}）', answer=present)}"
        reason = seen.wrong(question)
        text = f"{text}\n{reason}" if reason else text
    days = question in ("opens", "closes", "milestone")
    picked = f"o:d:{question}" if days else None
    return Reply(text, f"round:{question}", choices, actions(seen), day_token=picked)


def _question(seen: Writing, question: str) -> tuple[str, tuple[Choice, ...]]:
    say = seen.say
    match question:
        case "past":
            return _past(seen)
        case "milestone":
            named = seen.pending or {}
            drop = Choice("o:a:milestone:drop", say("不加了"))
            return say("“{title}”是哪一天？", title=named.get("title", "")), (drop,)
        case "milestones":
            return _milestones(seen)
        case "award":
            return say(_TEXTS["award"]), tuple(
                Choice(f"o:a:award:{award}", say(load_award(award).spec.name))
                for award in sorted(seen.house.officer_of)
            )
        case "year":
            this = seen.today.year
            text = say(_TEXTS["year"], award=seen.award_name)
            return text, tuple(_year(seen, year) for year in (this, this + 1))
        case "opens" | "closes":
            return _day(seen, question)
        case "opens_at" | "closes_at":
            day = seen.day(question.removesuffix("_at"))
            text = say(_TEXTS[question], day=seen.words.day(day.first) if day else "")
            return text, tuple(Choice(f"o:a:{question}:{hour}", hour) for hour in _HOURS[question])
    text = say(_TEXTS[question], award=seen.award_name) if question == "text" else (
        say(_TEXTS[question]))  # fmt: skip
    if question in _SKIP:
        return text, (Choice(f"o:a:{question}:", say(_SKIP[question])),)
    return text, ()


def _year(seen: Writing, year: int) -> Choice:
    """A year to choose; one that has its round leads there."""
    named, taken = seen.words.year(year), same_year(seen.rounds, seen.award, year)
    if taken is None:
        return Choice(f"o:a:year:{year}", named)
    return Choice(f"o:of:{taken.id}", seen.say("{year}（已经发布了，去看或者改）", year=named))


def _day(seen: Writing, question: str) -> tuple[str, tuple[Choice, ...]]:
    vague = seen.day(question)
    if vague is None or vague.exact:
        return seen.say(_TEXTS[question]), ()
    ends = (vague.last, vague.first)
    return seen.say("具体是哪一天？"), tuple(
        Choice(f"o:a:{question}:{end.isoformat()}", seen.words.day(end)) for end in ends
    )


def _past(seen: Writing) -> tuple[str, tuple[Choice, ...]]:
    say, opens = seen.say, seen.moment("opens")
    moment = note(seen, opens) if isinstance(opens, datetime) else ""
    return say("{moment}已经过去了，是已经开始申报了吗？", moment=moment), (
        Choice("o:a:past:yes", say("是，已经开始了")),
        Choice("o:a:past:no", say("不是，重新说")),
    )


def _milestones(seen: Writing) -> tuple[str, tuple[Choice, ...]]:
    """The further dates so far, and whether there are more."""
    say, days = seen.say, list(seen.value("milestones") or ())
    if days:
        text = say("其他要告诉大家的日子：{days}。还有吗？", days=told(seen, "milestones"))
        done = say("就这些")
    else:
        text = say("还有别的日子要告诉大家吗？比如“4月10日 说明会”。没有就说“没有”。")
        done = say("没有")
    less = tuple(
        Choice(
            f"o:a:milestones:-{index}",
            say("去掉：{title}（{day}）", title=each["title"],
                day=seen.words.day(date.fromisoformat(each["day"]))),
        )
        for index, each in enumerate(days)
    )  # fmt: skip
    return text, (Choice("o:a:milestones:done", done), *less)
