"""A program on Telegram whose clock a test puts forward, and somebody who follows an award."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dialogues import Talk
from nursery import Nursery
from office import Office, opened
from surroundings import Clock
from visitor import Seen, Visitor

SWEEP_SECONDS = "0.1"
OVERTAKEN = timedelta(seconds=2)
"""After that followers are told of a round, and an officer of what came of a broadcast."""

# By dialogue: how somebody begins to follow its award, and what they hear when an officer has done
# something.
FOLLOWING: dict[str, tuple[tuple[str, ...], str]] = {
    "officer_announce": (("/plan jian", "组织"), "有申报通知就告诉我"),
    "officer_broadcast": (("/plan lianyungang", "组织"), "有申报通知就告诉我"),
    "officer_correct": (("/plan qinzhou", "组织"), "提醒我这些日子"),
}
NEWS = {
    "officer_announce": (("申报通知公布了", "2027年6月30日", "申报说明会"),),
    "officer_broadcast": (("评审办公室请我转告", "改到市民中心二楼"),),
    "officer_correct": (("有更正", "2027年5月14日"), ("撤回了",)),
}
REPORT = "群发完成：送到1位"


@dataclass(frozen=True, slots=True)
class Held:
    """Where a dialogue is held: a program, its clock."""

    office: Office
    clock: Clock

    @property
    def url(self) -> str:
        """The program's database."""
        return self.office.program.database

    def later(self, talk: Talk, moment: datetime, visitor: Visitor) -> Seen:
        """Time passes up to a moment; what falls due is seen, if ``talk`` says so."""
        replies = talk.wait(moment)
        seen = visitor.after(lambda: self._pass(moment, visitor))
        assert bool(seen.new) == bool(replies), (moment, seen.text)
        return seen

    def _pass(self, moment: datetime, visitor: Visitor) -> None:
        self.clock.shows(moment)
        visitor.wait(lambda: _dealt_with(visitor, moment))


@contextmanager
def held(
    nursery: Nursery, folder: Path, mode: str, database: str, moment: datetime
) -> Iterator[Held]:
    """The program runs meanwhile, by a clock that stands still at ``moment``."""
    clock = Clock(folder / "clock")
    clock.shows(moment)
    more = {"CLOCK_FILE": str(clock.file), "SWEEP": SWEEP_SECONDS}
    with opened(nursery, folder, mode=mode, database=database, more=more) as office:
        yield Held(office, clock)


def _dealt_with(visitor: Visitor, moment: datetime) -> bool:
    """Whether the program has looked for what falls due in a chat up to a moment."""
    row = visitor.rows.chat(visitor.chat.id)
    assert row is not None
    at = row["remind_at"]
    if isinstance(at, str):  # a file keeps moments as text, in UTC
        at = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return at is None or at > moment


@dataclass(eq=False)
class Follower:
    """Somebody who follows an award; ``news`` is what they hear when an officer does something."""

    there: Held
    visitor: Visitor
    news: Iterator[Sequence[str]]
    heard: int

    def hears(self, talk: Talk) -> None:
        """The officer, who talks in ``talk``, has done something: that is heard in a moment."""
        talk.wait(talk.now + OVERTAKEN)
        self.there.clock.shows(talk.now)
        pieces = next(self.news)
        self.visitor.wait(lambda: all(piece in self._new() for piece in pieces))
        self.heard = len(self.visitor.chat.messages)

    def _new(self) -> str:
        return "\n".join(message.text for message in self.visitor.chat.messages[self.heard :])


def follower(there: Held, name: str) -> Follower:
    """Somebody begins to follow the award of an officers' dialogue."""
    visitor = there.office.visitor()
    typed, button = FOLLOWING[name]
    for text in typed:
        visitor.say(text)
    visitor.tap(button)
    return Follower(there, visitor, iter(NEWS[name]), len(visitor.chat.messages))


def report_heard(there: Held, talk: Talk, officer: Visitor) -> None:
    """Once a broadcast has reached all, the officer hears how many they are."""
    talk.wait(talk.now + OVERTAKEN)
    there.clock.shows(talk.now)
    officer.wait(lambda: any(REPORT in message.text for message in officer.chat.messages))
