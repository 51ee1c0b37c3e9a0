"""An applicant who knows certain facts and answers whatever the assistant asks."""

import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conversations.applicant import path_of, relevant_kinds
from conversations.language import language
from conversations.model import Event, Pressed, Reply, Said, State
from conversations.scope import group_kinds
from conversations.screening import shown
from conversations.step import step
from conversations.view import View, view
from rules.catalog import catalog
from rules.periods import parse_interval

RESULTS = {"profit": "盈利", "break_even": "持平", "loss": "亏损", "policy_loss": "政策性亏损"}


@dataclass
class Applicant:
    """Knows the facts of one case and answers with words or buttons, as ``rng`` has it."""

    case: dict[str, Any]
    rng: random.Random
    now: datetime
    state: State = field(default_factory=State)

    def seen(self) -> View:
        """What the screening looks like now."""
        assert self.state.screening is not None
        return view(self.state, self.state.screening, self.now)

    def say(self, event: Event) -> tuple[Reply, ...]:
        """Say or press something."""
        self.state, replies = step(self.state, event, self.now)
        # What is stored is JSON: what does not survive it would be lost in a restart.
        self.state = State.from_json(self.state.to_json())
        return replies

    def answer(self) -> None:
        """Answer the question that is being asked."""
        seen = self.seen()
        question = seen.current
        prompt = shown(seen)[-1]
        event = self._event(seen, question, prompt)
        before = self.state
        replies = self.say(event)
        assert self.state != before, (question, event, replies[0].text)

    def _press(self, seen: View, question: str, value: object) -> Event:
        return Pressed(f"a{seen.screening.id}:{question}:{value}")

    def _event(self, seen: View, question: str, prompt: Reply) -> Event:
        facts = self.case["facts"]
        setup = {
            "award": self.case["jurisdiction"],
            "track": self.case["track"],
            "tier": self.case["tier"],
            "day": "today",
        }
        if question in setup:
            return self._press(seen, question, setup[question])
        dont_know = self._press(seen, question, "?")
        if question == "judgement":
            return self._judgement(seen, prompt)
        if question in group_kinds():
            return self._group(seen, question)
        if question.endswith("line"):
            return dont_know
        if "#" in question:
            return self._detail(seen, question) or dont_know
        if question.startswith("annual_results"):
            return self._results(seen, question) or dont_know
        if question not in facts:
            return dont_know
        return self._fact(seen, question, facts[question])

    def _fact(self, seen: View, question: str, value: str | int) -> Event:
        spec = catalog().facts[question]
        if spec.type == "yes_no":
            typed = Said("是" if value is not spec.opposite else "否")
            pressed = self._press(seen, question, "yes" if value else "no")
            return self.rng.choice([typed, pressed])
        if spec.type == "count":
            return Said(str(value))
        if spec.type == "choice":
            return self._press(seen, question, value)
        return self._press(seen, question, "none") if value == "none" else self._date(str(value))

    def _date(self, value: str) -> Event:
        interval = parse_interval(value).until(self.now.date())
        assert interval is not None
        return Said(language("zh_Hans").interval(interval))

    def _results(self, seen: View, question: str) -> Event | None:
        known = self.case["facts"].get("annual_results", {})
        said = seen.applicant.answer("annual_results") or {}
        year = question.partition(".")[2]
        years = [year] if year else sorted(known)
        fresh = [y for y in years if y in known and y not in said]
        again = seen.state.focus == "annual_results" and [y for y in years if y in known]
        said_now = [f"{y}年{RESULTS[known[y]]}" for y in fresh or again or ()]
        return Said("，".join(said_now)) if said_now else None

    def _events(self, key: str) -> list[dict[str, Any]] | None:
        """The events of a kind that lie in the past, latest first; None if not known."""
        facts = self.case["facts"]
        fact, _, kind = key.partition(".")
        if fact == "records":
            events = facts.get("records", {}).get(kind)
        elif fact in ("past_awards", "sanctions"):
            name = "tier" if fact == "past_awards" else "kind"
            every = facts.get(fact)
            events = every if every is None else [
                event for event in every
                if event["jurisdiction"] == self.case["jurisdiction"] and event[name] == kind
            ]  # fmt: skip
        else:
            events = facts.get(fact)
        if events is None:
            return None
        today = self.now.date()
        past = [e for e in events if parse_interval(e["date"]).until(today)]
        ends = {id(e): parse_interval(e["date"]).until(today) for e in past}
        return sorted(past, key=lambda e: ends[id(e)].last, reverse=True)  # type: ignore[union-attr]

    def _group(self, seen: View, question: str) -> Event:
        keys = relevant_kinds(seen.applicant, question)
        events = [self._events(key) for key in keys]
        if any(each is None for each in events):
            return self._press(seen, question, "?")
        if question.startswith("own_"):
            return self._press(seen, question, "yes" if events[0] else "no")
        wanted = [index for index, each in enumerate(events) if each]
        ticked = [index for index, key in enumerate(keys) if seen.applicant.entries(key)]
        if ticked or self.rng.random() < 0.5:
            # With buttons, one tick after the other.
            wrong = sorted(set(wanted) ^ set(ticked))
            return self._press(seen, question, wrong[0] if wrong else "done")
        numbers = [str(index + 1) for index in wanted]
        return Said("、".join(numbers)) if numbers else Said("都没有")

    def _detail(self, seen: View, question: str) -> Event | None:
        key = question.partition("#")[0]
        events = self._events(key) or []
        told = len(seen.applicant.entries(key) or ())
        if question.endswith("#more"):
            return self._press(seen, question, "yes" if len(events) > told else "no")
        _, index, attribute = path_of(question)
        event = events[index]
        if attribute == "date":
            return self._date(event["date"])
        if attribute not in event:
            return None
        if attribute == "deaths":
            return Said(f"{event['deaths']}人" if event["deaths"] else "没有")
        return self._press(seen, question, event[attribute])

    def _judgement(self, seen: View, prompt: Reply) -> Event:
        declared = self.case["facts"].get("does_not_hold", [])
        open_ticks = [
            choice for choice in prompt.choices
            if choice.ticked is False and choice.token.rpartition(":")[2] in declared
        ]  # fmt: skip
        return Pressed(open_ticks[0].token) if open_ticks else self._press(
            seen, "judgement", "done")  # fmt: skip
