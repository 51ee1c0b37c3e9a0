"""What a result says of the days to come, and the reminders that it offers."""

from collections.abc import Iterator

from conversations import prospects
from conversations.datelines import today
from conversations.following import eligible_day, eligible_watch, rounds_watch
from conversations.model import Choice
from conversations.view import View
from rules.model import Outcome


def prospect(seen: View) -> Iterator[str]:
    """From which day the applicant qualifies, and the first round after it."""
    verdict, words = seen.agenda.verdict, seen.words
    if verdict is None or seen.agenda.open or not verdict.in_force:
        return
    award = seen.applicant.award.id
    day = eligible_day(seen)
    if day is not None:
        watch = eligible_watch(seen.state, seen.screening.id)
        parts = [words.say("{day}起才符合。", day=words.day(day))]
        if watch is not None:
            parts.append(words.say("到时候我会提醒您。"))
        parts.append(prospects.outlook(seen.state, seen.house, award, day, seen.now))
        yield words.joined(*parts)
    elif verdict.outcome in (Outcome.ELIGIBLE, Outcome.UNDETERMINED):
        first = max(seen.applicant.as_of, today(seen.state, seen.now))
        yield prospects.outlook(seen.state, seen.house, award, first, seen.now)


def offered(seen: View) -> Iterator[Choice]:
    """Reminders of the day and of the round, and the plan where there is a round."""
    verdict, say = seen.agenda.verdict, seen.words.say
    if verdict is None or seen.agenda.open or not verdict.in_force:
        return
    award = seen.applicant.award.id
    day = eligible_day(seen)
    if day is not None:
        watch = eligible_watch(seen.state, seen.screening.id)
        if watch is None:
            shown = seen.words.day(day)
            yield Choice(f"n:e:{seen.screening.id}", say("到{day}提醒我", day=shown))
        else:
            yield Choice(f"n:stop:{watch.id}", say("那一天不用提醒了"))
    ready = prospects.standing(seen.house.rounds, award, seen.now)
    if rounds_watch(seen.state, award) is None:
        label = say("提醒我这一轮的日子") if ready else say("有申报通知就告诉我")
        yield Choice(f"n:f:{award}", label)
    if ready:
        yield Choice(f"n:plan:{award}", say("倒排时间表"))
