"""Pages of an office's own answers and canned answers: lists, one of them, what is asked for."""

from conversations.canned import Canned
from conversations.model import Choice, OfficeAnswer, Reply
from conversations.office_checks import citations
from conversations.office_form import ANSWER, CANNED, FIELDS, PREVIEW, TITLES, Form
from conversations.office_form import PLACES as TYPED_PLACES
from conversations.office_words import details, title, warning
from rules.load import load_award
from rules.messages import message

SHOWN = 10
"""Entries of a list on one page."""
DAY = "v:d"
"""What the token of a day picked from a calendar begins with."""

_ASKED = {
    "award": message("是哪个奖的？"),
    "questions": message("问题是什么？有几种问法就写几行，一行一种，不用写奖的名字。"),
    "title": message("给它起个名称，几个字就行，好找。"),
    "provisions": message("依据是哪一条？比如“第十条第（三）项”，几条就都写上。没有就说“没有”。"),
    "until": message("有效到哪一天？比如“2027年6月30日”。没有期限就说“一直有效”。"),
}
_SKIP = {
    "provisions": ("none", message("没有")),
    "until": ("ever", message("一直有效")),
}


def answers_of(form: Form) -> tuple[OfficeAnswer, ...]:
    """The answers of the officer's awards, the latest first."""
    mine = (each for each in form.house.office_answers if each.award in form.house.officer_of)
    return tuple(sorted(mine, key=lambda each: -each.id))


def canned_of(form: Form) -> tuple[Canned, ...]:
    """The canned answers of the officer's awards, by their titles."""
    mine = (each for each in form.house.canned if each.award in form.house.officer_of)
    return tuple(sorted(mine, key=lambda each: (each.title, each.id)))


def answers(form: Form, page: int) -> Reply:
    """The list of office answers."""
    say, found = form.words.say, answers_of(form)
    text = (
        say("办公室自己的答复有{count}条。有人问到，我就先照办法答，再附上这里的答复。",
            count=len(found))
        if found
        else say("还没有办公室自己的答复。记下来的，下次有人问就能马上答。")
    )  # fmt: skip
    entries = [
        Choice(f"v:a:{each.id}", _named(form, title(each, form.words, form.today), each.award))
        for each in found
    ]
    return _list(form, text, entries, page, "a", say("记一条新的"))


def canned(form: Form, page: int) -> Reply:
    """The list of canned answers."""
    say, found = form.words.say, canned_of(form)
    text = (
        say("常用答复有{count}条。答提问的时候可以直接用。", count=len(found))
        if found
        else say("还没有常用答复。常写的几句话存下来，答提问的时候点一下就行。")
    )
    entries = [Choice(f"v:c:{each.id}", _named(form, each.title, each.award)) for each in found]
    return _list(form, text, entries, page, "c", say("存一条新的"))


def _named(form: Form, text: str, award: str) -> str:
    """With the award's name, if the officer has several."""
    if len(form.house.officer_of) == 1:
        return text
    area = form.words.say(load_award(award).spec.area)
    return form.words.say("{title}（{area}）", title=text, area=area)


def _list(  # noqa: PLR0913, PLR0917 - all that differs
    form: Form, text: str, entries: list[Choice], page: int, kind: str, new: str
) -> Reply:
    say = form.words.say
    begin = page * SHOWN if page * SHOWN < len(entries) else 0
    choices = [*entries[begin : begin + SHOWN], Choice(f"v:{kind}:new", new)]
    if begin + SHOWN < len(entries):
        choices.append(Choice(f"v:{kind}:page:{begin // SHOWN + 1}", say("看后面的")))
    return Reply(text, f"office:{kind}", tuple(choices), (Choice("v:leave", say("回去")),))


def answer(form: Form, found: OfficeAnswer) -> Reply:
    """One office answer with what can be done about it."""
    say = form.words.say
    choices = [
        Choice(f"v:a:{found.id}:{field}", say("改：{what}", what=say(TITLES[field])))
        for field in FIELDS[ANSWER]
        if field != "award"
    ]
    choices.append(Choice(f"v:a:{found.id}:off:{found.version}", say("撤回这一条")))
    text = details(found, form.words, form.today)
    return Reply(text, "office:answer", (*choices, Choice("v:a", say("返回"))))


def one_canned(form: Form, found: Canned) -> Reply:
    """One canned answer with what can be done about it."""
    say = form.words.say
    choices = (
        Choice(f"v:c:{found.id}:title", say("改：{what}", what=say(TITLES["title"]))),
        Choice(f"v:c:{found.id}:text", say("改：{what}", what=say(TITLES["text"]))),
        Choice(f"v:c:{found.id}:off:{found.version}", say("删掉这一条")),
        Choice("v:c", say("返回")),
    )
    return Reply(_canned(form, found), "office:one", choices)


def _canned(form: Form, found: Canned) -> str:
    award = form.words.say(load_award(found.award).spec.name)
    return f"{award}\n{found.title}\n\n{found.text}"


def asked(form: Form) -> Reply:
    """The field that is asked for, or what will be kept."""
    say, field = form.words.say, form.current
    if field == PREVIEW:
        return _preview(form)
    choices: tuple[Choice, ...] = ()
    if field == "award":
        choices = tuple(
            Choice(f"v:f:award:{award}", say(load_award(award).spec.name))
            for award in sorted(form.house.officer_of)
        )
    elif field in _SKIP:
        value, label = _SKIP[field]
        choices = (Choice(f"v:f:{field}:{value}", say(label)),)
    text = _question(form, field)
    if field == "until":
        return Reply(text, "office:until", choices, _leaving(form), day_token=DAY)
    return Reply(text, f"office:{field}", choices, _leaving(form))


def _question(form: Form, field: str) -> str:
    say = form.words.say
    if field in _ASKED:
        text = say(_ASKED[field])
    elif form.kind == CANNED:
        text = say(
            "写下答复。会变的地方可以写：{places}，分别是奖的名称、提问的编号、今天、本轮的截止日。",
            places=TYPED_PLACES,
        )
    else:
        text = say("答复是什么？照着要告诉提问人的话写。")
    now = form.draft.get(field)
    if field == "provisions" and now:
        labels = (each.label for each in citations(form.answer()))
        shown = form.words.listed(dict.fromkeys(labels))
    else:
        shown = "\n".join(now) if isinstance(now, list) else str(now or "")
    return f"{text}\n{say('（现在的回答：{answer}）', answer=shown)}" if shown else text


def _leaving(form: Form) -> tuple[Choice, ...]:
    return (Choice("v:drop", form.words.say("不写了")),)


def _preview(form: Form) -> Reply:
    say = form.words.say
    if form.kind == CANNED:
        text = _canned(form, form.canned())
        warned = ""
    else:
        made = form.answer()
        text, warned = details(made, form.words, form.today), warning(made, form.words)
        if form.draft.get("ticket"):
            private = say("问题里要是有能认出提问人的话，请先改掉。")
            warned = "\n\n".join(part for part in (warned, private) if part)
    head = say("请看一遍：")
    fields = (field for field in FIELDS[form.kind] if field != "award")
    choices = (
        Choice(f"v:go:{form.digest}", say("对，记下来")),
        *(Choice(f"v:e:{field}", say("改：{what}", what=say(TITLES[field]))) for field in fields),
    )
    shown = "\n\n".join(part for part in (head, text, warned) if part)
    return Reply(shown, "office:preview", choices, _leaving(form))
