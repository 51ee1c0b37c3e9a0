"""What was typed: a choice by its number or words, something about dates, an answer, a question."""

from datetime import datetime

from conversations import answering, aside, deadlines, menu, own_dates, screening, tapped
from conversations.model import Choice, House, Reply, State
from conversations.view import look
from knowledge.fold import fold

Step = tuple[State, tuple[Reply, ...]]


def chosen(text: str, prompt: Reply) -> Choice | None:
    """The choice of the present question whose number or label was typed."""
    typed = fold(text)
    for choice in (*prompt.choices, *prompt.actions):
        # A label in a list of ticks names all that is meant; pressing one would only tick it.
        if typed == fold(choice.label) and choice.ticked is None:
            return choice
    if not typed.isdecimal() or screening.takes_numbers(prompt.question):
        return None
    if any(choice.ticked is not None for choice in prompt.choices):
        return None
    number = int(typed) if len(typed) < 4 else 0
    return prompt.choices[number - 1] if 1 <= number <= len(prompt.choices) else None


def of_dates(state: State, text: str, now: datetime, house: House) -> Step | None:
    """What was typed, if it is about dates: on their page, a button's words, or a wish."""
    wish, deal = own_dates.wish(text), tapped.deal_of(text, state.locale)
    if wish is not None:
        return deadlines.page(state, "remind", wish, now, house)
    done = tapped.worded(state, deal, now, house) if deal else None
    if done is None and aside.is_open(state):
        asked = answering.tried(state, text, now, house) if answering.outright(text) else None
        return asked or deadlines.said(state, text, now, house)
    return done


def answer_or_question(state: State, text: str, now: datetime, house: House) -> Step:
    """What was typed is a question about the regulations, or an answer, or neither."""
    if state.screening is None:
        asked = None if menu.begins(text) else answering.said(state, text, now, house)
        return asked or menu.said(state, text, now, house)
    seen = look(state, now, house)
    asked = answering.tried(state, text, now, house) if answering.outright(text) else None
    done = asked or screening.understood(seen, text)
    return done or answering.said(state, text, now, house) or screening.said(seen, text)
