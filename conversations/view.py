"""What a question is put from: the state, the screening, what is open, the language, the day."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.agenda import Agenda, agenda
from conversations.applicant import Applicant
from conversations.explain import Subject
from conversations.language import Language, language
from conversations.model import HOUSE, Choice, House, Screening, State
from rules.catalog import catalog
from rules.model import Facts

RESULT = "result"


@dataclass(frozen=True, slots=True)
class View:
    """One screening as seen at one moment."""

    state: State
    screening: Screening
    agenda: Agenda
    words: Language
    now: datetime
    house: House = HOUSE

    @property
    def applicant(self) -> Applicant:
        """The applicant; only once award, track, tier and day are settled."""
        applicant = self.agenda.applicant
        if applicant is None:
            raise ValueError("award, track, tier and day are not settled yet")
        return applicant

    @property
    def subject(self) -> Subject:
        """What explanations are about."""
        applicant = self.applicant
        facts = self.agenda.facts or Facts()
        return Subject(self.words, applicant.award, applicant.rules, facts, applicant.as_of)

    @property
    def current(self) -> str:
        """The question that is being asked, or ``result`` if none is open."""
        if self.state.focus is not None:
            return self.state.focus
        return self.agenda.open[0] if self.agenda.open else RESULT

    def answer(
        self, question: str, value: object, label: str, *, ticked: bool | None = None
    ) -> Choice:
        """A choice that answers ``question`` with ``value``."""
        return Choice(f"a{self.screening.id}:{question}:{value}", label, ticked)

    def action(self, name: str, label: str) -> Choice:
        """A choice that does something with this screening."""
        return Choice(f"x{self.screening.id}:{name}", label)

    def local(self, text: str) -> str:
        """A text of the data, with the award's names filled in."""
        if self.agenda.applicant is None:
            return self.words.say(text)
        return self.subject.local(text)


def view(state: State, screening: Screening, now: datetime, house: House = HOUSE) -> View:
    """Look at a screening; ``now`` is aware."""
    today = now.astimezone(ZoneInfo(state.timezone)).date()
    return View(state, screening, agenda(screening, today), language(state.locale), now, house)


def look(state: State, now: datetime, house: House = HOUSE) -> View:
    """Look at the screening that is open. Raises ValueError if none is."""
    if state.screening is None:
        raise ValueError("no screening is open")
    return view(state, state.screening, now, house)


def title(seen: View, question: str) -> str:
    """A few words for a question, for lists and for stale buttons."""
    say = seen.words.say
    names = {
        "award": say("申报的奖项"),
        "track": say("申报者"),
        "tier": say("奖项等级"),
        "day": say("申报日期"),
        "mode": say("快速还是逐条"),
        "judgement": say("由评审判断的条件"),
    }
    if question in names:
        return names[question]
    key, _, detail = question.partition("#")
    facts = catalog().facts
    for spec in facts.values():
        for group in spec.groups:
            if group.key == key:
                return say(group.title)
    fact, _, kind = key.partition(".")
    if fact not in facts:
        return question
    applicant = seen.agenda.applicant
    # An old button may be about a kind that the award chosen since does not distinguish.
    known = applicant is not None and key in applicant.scope.slots
    if not kind or fact == "annual_results" or not known:
        return seen.local(facts[fact].title)
    return say("{kind}的情况", kind=kind_label(seen, key)) if detail else kind_label(seen, key)


def kind_label(seen: View, key: str) -> str:
    """What a kind of event is called: ``records.safety_accident``, ``past_awards.gold``."""
    fact, _, kind = key.partition(".")
    spec = catalog().facts[fact]
    if fact == "past_awards":
        names = {tier.value: name for tier, name in seen.applicant.award.spec.tier_names.items()}
        return seen.words.say(names[kind])
    return seen.subject.label(spec.kinds, kind or fact)
