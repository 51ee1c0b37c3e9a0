"""The log of what officers have done, as administrators read it."""

from collections.abc import Sequence

from conversations.datelines import moment
from conversations.language import Language, language
from conversations.model import State
from conversations.tickets import Noted
from knowledge.load import awards as award_ids
from rules.load import load_award
from rules.messages import message

# By the name of the order.
DEEDS = {
    "Claim": message("接了"),
    "Release": message("放回"),
    "Answer": message("答复"),
    "PassOn": message("转交"),
    "CloseTicket": message("结束"),
    "ReopenTicket": message("重新打开"),
    "Publish": message("发布申报通知"),
    "Correct": message("更正申报通知"),
    "Broadcast": message("群发"),
    "DeskHere": message("把提问收到一个群里"),
    "DeskAway": message("不再把提问收到群里"),
    "KeepAnswer": message("记下一条办公室的答复"),
    "ChangeAnswer": message("改了一条办公室的答复"),
    "WithdrawAnswer": message("撤回一条办公室的答复"),
    "KeepCanned": message("存了一条常用答复"),
    "ChangeCanned": message("改了一条常用答复"),
    "RemoveCanned": message("删了一条常用答复"),
    "invite": message("发了邀请码"),
    "join": message("用邀请码加入"),
    "remove": message("移出工作人员"),
}
SHELL = message("维护程序的人")
TICKET, OFFICER = message("第{number}号提问"), message("{number}号工作人员")


def logged(lines: Sequence[Noted], locale: str) -> str:
    """What was done last, a line each; by the clock of the offices."""
    words = language(locale)
    if not lines:
        return words.say("还没有记录。")
    return "\n".join(_line(words, each) for each in lines)


def _line(words: Language, line: Noted) -> str:
    say = words.say
    kind, _, number = line.subject.partition(" ")
    named = {"ticket": TICKET, "officer": OFFICER}.get(kind)
    about = [
        say(named, number=number) if named else "",
        say(load_award(line.award).spec.name) if line.award in award_ids() else "",
    ]
    return say(
        "{at} {who}：{deed}{about}",
        at=moment(words, line.at, State().timezone),
        who=say(SHELL) if line.by == "shell" else line.by,
        deed=say(DEEDS[line.action]) if line.action in DEEDS else line.action,
        about="".join(f" {each}" for each in about if each),
    )
