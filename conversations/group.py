"""In a group: nobody is asked about their enterprise there, it goes on in private."""

from conversations.awards import find_awards
from conversations.language import language
from conversations.model import Choice, Reply, State
from rules.load import load_award


def mentioned(state: State, text: str) -> Reply:
    """Show the way to the private chat, to the award that was named if it was one."""
    say = language(state.locale).say
    found = find_awards(text)
    if len(found) != 1:
        answer = say("贵单位的情况不在群里问。点下面的按钮，我们私下聊，别人看不到。")
        return Reply(answer, choices=(Choice("g:", say("私下聊"), link=""),))
    name = say(load_award(found[0].award).spec.name)
    answer = say(
        "{name}能不能申报，我可以对照办法看。贵单位的情况不在群里问，点下面的按钮，我们私下聊。",
        name=name,
    )
    return Reply(answer, choices=(Choice("g:", say("私下聊"), link=found[0].award),))
