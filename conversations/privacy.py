"""What is kept of a chat, for what and for how long; how to see it, and how to have it removed."""

from dataclasses import replace

from conversations.answers import read_yes_no
from conversations.counting import FEWEST
from conversations.language import Language, language
from conversations.model import Choice, House, Reply, State
from knowledge.fold import fold
from rules.messages import message

PAGES = frozenset({"privacy", "export", "forget"})
# The question whether everything is to be removed, where it is the one being asked.
FORGET = "forget"
# What the buttons send; a removal counts only while the question is open.
REMOVE, KEEP, ASK, EXPORT = "p:remove", "p:keep", "p:forget", "p:export"
SHOW, HIDE = "p:show", "p:hide"

CONSENT = message(
    "（我只记下这个聊天的编号、语言和您的回答，用来对照办法、下次接着来。"
    "想看、想导出或者想删掉，打“隐私”。）"
)
_UNITS = (
    (365, message("一年"), message("{count}年")),
    (30, message("一个月"), message("{count}个月")),
    (1, message("一天"), message("{count}天")),
)

_KEEPING = ("不删", "别删", "不要删", "不删除", "先不删", "留着", "都留着", "算", "保留", "keep")
_REMOVING = ("删", "删掉", "删除", "全删", "都删", "全部删掉", "都删掉", "确定", "确认", "remove",
             "delete")  # fmt: skip


def introduced(text: str, locale: str) -> str:
    """The first thing said in a chat, with what is kept after its first paragraph, if it has more.

    What is asked stands last, beside its answers.
    """
    consent = language(locale).say(CONSENT)
    if locale == "en":
        consent += "\n中文请发“中文”。"  # many a phone in English belongs to a reader of Chinese
    greeting, _, rest = text.rpartition("\n\n")
    return "\n\n".join(part for part in (greeting, consent, rest) if part)


def page(state: State, house: House) -> Reply:
    """What is kept, why, for how long, who sees it, and what can be done about it."""
    words = language(state.locale)
    say = words.say
    lines = [
        say("留下的：这个聊天在平台上的编号、用哪种语言、您在自查里的回答，还有还没发出去的消息。"),
        say("还有：您让我提醒的日子、您自己写的事项，和提前几天、几点、哪个时区提醒。"),
        say("您请工作人员答的问题、补充和答复会留着，那个奖的工作人员看得到；"
            "自查只有您同意了，才跟着问题给他们看。"),
        say("我答不上来的问题，原话只留到您说下一句，好转给工作人员。"),
        say("此外不留的：您打的原话（只留看懂了的回答）、照片和文件；也不问姓名和电话。"),
        say("用来做什么：对照办法、算出结果，您下次来可以接着问。不作别的用途。"),
        say("留多久：{period}没有来过，就全部自动删掉；还有日子要提醒的，等提醒过了再删。",
            period=period(words, house.retention_days)),
        say("谁看得到：评审办公室看不到您的回答。维护这个程序的人，修故障时可能接触到。"
            "您用的聊天软件另有它自己的规定。"),
        say("还会数一数：问的是哪一类、答没答上、自查是什么结果。工作人员只看得到总数，"
            "不到{count}个人的不给他们看。", count=FEWEST),
        _consent(state),
        say("想要一份，就说“导出我的数据”；想全部删掉，就说“删除我的数据”。"),
    ]  # fmt: skip
    show = Choice(SHOW, say("没看懂的话，可以给工作人员看"))
    hide = Choice(HIDE, say("没看懂的话，不再给工作人员看"))
    offers = (
        hide if state.shows_questions else show,
        Choice(EXPORT, say("导出我的数据")),
        Choice(ASK, say("删除我的数据")),
    )
    return Reply("\n".join(lines), actions=offers)


def _consent(state: State) -> str:
    """Whether officers may see what was not understood, as it is now."""
    say = language(state.locale).say
    if state.shows_questions:
        return say("我没看懂的话，您同意了给工作人员看（不带您的编号），好让他们补上答案。")
    return say("我没看懂的话，可以给工作人员看吗？现在不给看，也不留下来。")


def allowed(state: State, *, show: bool) -> State:
    """The same with officers seeing what was not understood, or not."""
    return replace(state, shows_questions=show)


def export(state: State) -> Reply:
    """Everything that is kept, as a file that the caller attaches."""
    text = language(state.locale).say(
        "这个聊天留下的，连同要提醒的日子，都在这个文件里（JSON 格式）。"
    )
    return Reply(text, effect="export")


def asked(state: State) -> State:
    """The same with the question open whether everything is to be removed."""
    return replace(state, focus=FORGET)


def closed(state: State) -> State:
    """The same without that question; a button of it removes nothing any more."""
    return replace(state, focus=None) if state.focus == FORGET else state


def question(state: State) -> Reply:
    """Whether everything is to be removed."""
    say = language(state.locale).say
    text = say("要把这个聊天留下的全部删掉吗？所有自查、回答和提醒都会没有，找不回来。")
    remove, keep = Choice(REMOVE, say("是，全部删掉")), Choice(KEEP, say("不删，都留着"))
    return Reply(text, FORGET, (remove, keep))


def answered(text: str) -> bool | None:
    """Whether everything is to be removed, by what was typed; None if that is not clear."""
    folded = fold(text).rstrip("。.!~吧了")
    if folded in _KEEPING:
        return False
    return True if folded in _REMOVING else read_yes_no(text)


def farewell(locale: str) -> Reply:
    """The last that is said; everything is removed before it is sent."""
    text = language(locale).say("都删掉了，什么都没有留下。以后再来，随便说句话就重新开始。")
    return Reply(text, effect="forget")


def period(words: Language, days: int) -> str:
    """A number of days as people say it: two years, three months, 45 days."""
    size, one, several = next(unit for unit in _UNITS if days % unit[0] == 0)
    count = days // size
    return words.say(one) if count == 1 else words.say(several, count=count)
