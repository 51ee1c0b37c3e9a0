"""Becoming an officer by a code, and what an officer is told of that."""

from dataclasses import replace

from conversations.language import language
from conversations.model import Redeem, Reply
from conversations.writing import Writing
from rules.load import load_award
from rules.messages import message

WELCOME = message(
    "好了，您现在可以代表评审办公室了：别人问的问题会发给您，打 /desk 看要答的；"
    "打 /rounds 开始发布申报通知，打 /broadcast 给关注的人发消息；别的能做什么，打“怎么用”。"
)


def redeem(code: str, locale: str, otherwise: Reply) -> Reply:
    """Try a code. With a wrong one it is ``otherwise`` that is heard: there is no such command."""
    text = language(locale).say(WELCOME)
    return replace(otherwise, text=text, effect=Redeem(code), otherwise=otherwise.text)


def about(seen: Writing) -> str:
    """For which awards somebody is an officer."""
    awards = seen.words.listed(
        seen.say(load_award(award).spec.name) for award in sorted(seen.house.officer_of)
    )
    return seen.say("您是{awards}的工作人员。要请同事加入，请维护程序的人发一个码。", awards=awards)
