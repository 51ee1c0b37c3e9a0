"""Which award it is about, and who applies, as somebody types it on a page about dates."""

from conversations import aside
from conversations.awards import find_awards
from conversations.choices import read_choices
from conversations.language import language
from conversations.model import State
from conversations.shown import TRACKS
from rules.load import load_award


def take(state: State, asked: str, text: str) -> tuple[State | None, str]:
    """Take the ``award`` or the ``track`` that was typed: the state with it, or what was wrong."""
    say = language(state.locale).say
    if asked == "award":
        found = find_awards(text)
        if len(found) != 1:
            return None, say("没看懂是哪个奖。点一个，或者打一个地名，比如“吉安”。")
        return aside.answered(state, award=found[0].award), ""
    tracks = load_award(state.draft["award"]).tracks
    picked = read_choices(text, [say(TRACKS[track]) for track in tracks])
    if picked is None or len(picked) != 1:
        return None, say("没看懂选的是哪一个。请选一项，或者照着选项的字说。")
    return aside.answered(state, track=tracks[picked[0]].value), ""
