"""An answer taken or refused, and the parts that every kind of answer needs.

What is not understood is refused with a reason and an example, never guessed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from conversations.agenda import agenda
from conversations.applicant import Applicant, past, setup
from conversations.dates import read_when
from conversations.model import Screening
from conversations.text import NotUnderstood
from conversations.view import View
from rules.catalog import catalog
from rules.facts import InputError
from rules.messages import message

NO_SUCH_DAY = message("日历上没有这一天，请再看一下。")
STILL_AHEAD = message("这一天还没到。请说已经发生的日期。")
AMBIGUOUS = message("这可以有两种意思，我不敢猜。请换个说法，比如“2024年3月5日”。")
NOT_A_DATE = message("没看懂是什么时候。可以说“2019年5月”“三年前”“去年底”，或者“不知道”。")
NOT_A_DAY = message("没看懂是哪一天。可以说“今天”“2027年3月1日”“明年三月”。")
NOT_YES_OR_NO = message("没看懂是“是”还是“否”。请选一个，或者说“不知道”。")
NOT_A_COUNT = message("没看懂是多少。请打一个数字，没有就说“没有”。")
HOW_MANY_DIED = message("有人死亡就说“有”或者人数，例如“1人”；没有就说“没有”。")
NOTHING_TICKED = message("一样都还没选。都没有的话，请说“都没有”。")
NOT_A_RESULT = message("没看懂各年的盈亏。可以说“24年亏了，25年盈利”，或者“都盈利”。")
NOT_A_CHOICE = message("没看懂选的是哪一个。请选一项，或者照着选项的字说。")
NOT_COVERED = message("这个地方的质量奖我这里还没有。目前有：{names}。")
WHICH_AWARD = message("这可能指几个奖：{names}。请选一个。")
BEFORE_START = message("按您说的，“{what}”在{day}之后。请换一个日子，或者先改那一项。")
AMBIGUOUS_RESULT = message(
    "这样说我分不清是盈利、持平还是亏损。请一年一年说，比如“24年持平，25年盈利”。"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """The screening with the answer in it, and what was understood, to be echoed.

    ``more``: the question goes on (a tick in a list); ``remark``: something to be said beside it.
    """

    screening: Screening
    more: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer was not taken, in the user's language."""

    reason: str


def store(seen: View, key: str, value: Any) -> Taken | Refused:  # noqa: ANN401 - JSON values
    """Store an answer to a fact; what was asked about its vague date before is over."""
    screening = seen.screening.answered(**{seen.applicant.slot(key): value})
    line = f"{key}#line"
    return checked(seen, screening.without(seen.applicant.slot(line), line))


def checked(seen: View, screening: Screening) -> Taken | Refused:
    """Refuse an answer that the submission day contradicts."""
    today = today_of(seen)
    try:
        # What is worked out here is not worked out again for the next question.
        found = agenda(screening, today)
        if found.applicant is not None and found.facts is None:
            found.applicant.facts()
    except InputError as problem:
        applicant = setup(screening.answers, today)
        if applicant is not None:
            return Refused(_contradiction(seen, applicant, problem))
    return Taken(screening)


def _contradiction(seen: View, applicant: Applicant, problem: InputError) -> str:
    say = seen.words.say
    fact = problem.path.partition(".")[2].partition(".")[0].partition("[")[0]
    spec = catalog().facts.get(fact)
    area = say(applicant.award.spec.area)
    what = say(spec.title).replace("{area}", area) if spec else fact
    return say(BEFORE_START, day=seen.words.day(applicant.as_of), what=what)


def today_of(seen: View) -> date:
    """The user's day."""
    if seen.agenda.applicant is not None:
        return seen.agenda.applicant.today
    return seen.now.astimezone(ZoneInfo(seen.state.timezone)).date()


def past_day(seen: View, text: str) -> str | Refused:
    """A typed day in the past, as it is stored."""
    today = today_of(seen)
    found = read_when(text, today)
    if isinstance(found, NotUnderstood):
        return Refused(why_not(seen, found, NOT_A_DATE))
    return past(found, today) or Refused(seen.words.say(STILL_AHEAD))


def why_not(seen: View, found: NotUnderstood, otherwise: str) -> str:
    """Why a text is no day, in the user's language."""
    reasons = {"no_such_day": NO_SUCH_DAY, "ambiguous": AMBIGUOUS}
    return seen.words.say(reasons.get(found.reason, otherwise))
