"""What can be asked, and what can be done: the page of frequent questions, and the help."""

from conversations import questions
from conversations.commands import commands, officers_commands
from conversations.language import language
from conversations.model import Choice, House, Reply, State
from knowledge.load import awards as award_ids
from rules.load import load_award

TOPICS = "topics"
"""The page of what is often asked of the regulations."""
OFTEN = ("prize", "conditions", "waiting", "cycle", "recommendation", "materials")


def topics(state: State) -> Reply:
    """What is often asked: of the award that was asked about last, or of all."""
    words = language(state.locale)
    award = state.asked.get("award")
    award = award if award in award_ids() else None
    choices = tuple(
        Choice(
            f"q:t:{each.topic}:{award or '-'}",
            words.say("{question}？", question=questions.title(each.topic, words)),
        )
        for each in questions.suggestions(OFTEN, award, words)
    )
    text = words.say("想问什么，直接打字就行，带上地名更准，比如“吉安要满几年才能报”。常有人问：")
    if award:
        name = words.say(load_award(award).spec.name)
        text = words.joined(text, words.say("（下面按{award}答）", award=name))
    menu = Choice("m:menu", words.say("回到菜单"))
    return Reply(text, TOPICS, choices, (menu,))


def help_text(state: State, house: House) -> str:
    """What the assistant does, and what can be typed."""
    say = language(state.locale).say
    known = commands(state.locale)
    if house.officer_of:
        known += officers_commands(state.locale, admin=house.is_admin)
    lines = [
        say(
            "我是个程序：按政府质量奖的管理办法一条一条对照，告诉您能不能报、为什么、依据哪一条、从哪天起可以。"
        ),
        say(
            "办法里的事随时可以直接问，自查到一半也行，比如“奖金多少”“获奖后几年能再报”；"
            "答完接着原来那一题。我答不了的，可以转给工作人员。"
        ),
        say("每一题可以点选项、打选项前的数字，也可以直接打字；不知道就说“不知道”，不会算成“否”。"),
        say("答过的随时能改，中途离开也不会丢。"),
        say("凡是有日子的地方，都可以让我提醒；也可以记自己的日子，比如“提醒我3月15日内审”。"),
        say("命令（打斜杠加英文，或者直接说中文）："),
        *(say("{title}：{answer}", title=f"/{name}", answer=about) for name, about in known),
    ]
    return "\n".join(lines)
