"""What a reply asks to be done before it is sent, done in the same transaction.

Orders of officers are carried out only for officers, whatever the conversation thought; if one
cannot be, what was said for that case is sent instead.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import audit, broadcasts, desk_orders, office_desk, outgoing, rounds, routing, staff, store
from bot.desk_office import NotPossibleError, Work
from bot.houses import Lookup
from bot.rounds import RoundError
from bot.store import Chat
from conversations import beside
from conversations.language import language
from conversations.model import (
    Answer,
    Attachment,
    Broadcast,
    Choice,
    Correct,
    Publish,
    Redeem,
    Reply,
)
from conversations.office_orders import OfOffice, ShowFigures
from conversations.orders import OfDesk
from rules.messages import message

NOT_DONE = message("这件事没有办成，什么都没有改。请看一看现在的情况，再试一次。")

_OfRounds = Publish | Correct | Broadcast


@dataclass(frozen=True, slots=True)
class Clerk:
    """Carries out what is asked for in a chat, in one transaction."""

    connection: AsyncConnection
    lookup: Lookup
    now: datetime

    async def carried_out(
        self, chat: Chat, reply: Reply, locale: str, by: int | None = None
    ) -> Reply:
        """Do what a reply asks for; gives the reply that is to be sent.

        ``by`` is the chat of whoever asks for it, where that is not the chat they speak in.
        """
        match reply.effect:
            case None:
                return reply
            case "export":
                return await self._exported(chat, reply)
            case "forget":
                await routing.forgotten(self.connection, chat.id, self.now)
                await outgoing.forget(self.connection, chat)
                self.lookup.changed()
                return reply
            case ShowFigures() as order:
                work = Work(self.connection, chat, chat.id if by is None else by, locale, self.now)
                return await office_desk.shown(work, reply, order) or _instead(reply, locale)
            case order:
                work = Work(self.connection, chat, chat.id if by is None else by, locale, self.now)
                known = await self._ordered(work, order)
        if known is None:
            return _instead(reply, locale)
        self.lookup.changed()
        if isinstance(reply.effect, Answer):
            chat.state = _without_draft(chat.state)
        # A code is not kept, nor is the same round kept twice.
        return filled(replace(reply, effect=None, otherwise="", fallback=()), known)

    async def _exported(self, chat: Chat, reply: Reply) -> Reply:
        await store.save(self.connection, [chat])
        kept = await store.export(self.connection, chat.id)
        text = json.dumps(kept, ensure_ascii=False, indent=2)
        return replace(reply, attachment=Attachment("award-bot.json", text))

    async def _ordered(
        self, work: Work, order: _OfRounds | Redeem | OfDesk | OfOffice
    ) -> Mapping[str, str] | None:
        """Do it; gives what stands in the reply for what was not known, ``None`` if it failed."""
        match order:
            case Redeem(code=code):
                if not await staff.redeem(self.connection, work.by, code, self.now):
                    return None
                await routing.returned(self.connection, work.by)
            case Publish() | Correct() | Broadcast():
                return {} if await self._as_officer(work, order) else None
            case _ if isinstance(order, OfDesk):
                try:
                    return await desk_orders.done(work, order)
                except NotPossibleError:
                    return None
            case _:
                return await office_desk.done(work, order)
        return {}

    async def _as_officer(self, work: Work, order: _OfRounds) -> bool:
        award = order.award if isinstance(order, Broadcast) else order.round.award
        if not await staff.is_officer(self.connection, work.by, award):
            return False
        try:
            await self._for_officer(work, order)
        except RoundError:
            return False
        name = type(order).__name__
        about = "" if isinstance(order, Broadcast) else f"round {order.round.year}"
        await audit.note(self.connection, work.by, name, award, about, self.now)
        return True

    async def _for_officer(self, work: Work, order: _OfRounds) -> None:
        match order:
            case Publish(round=new):
                await rounds.publish(self.connection, new, self.now)
            case Correct(round=new):
                await rounds.correct(self.connection, new, self.now)
            case Broadcast(award=award, text=text):
                await broadcasts.begin(self.connection, award, text, work.by, self.now)


def _without_draft(kept: str) -> str:
    """A state without the answer that was sent: it is no longer wanted as an addition."""
    return store.dump_state(beside.closed(store.load_state(kept)))


def _instead(reply: Reply, locale: str) -> Reply:
    """What is said where an order cannot be carried out."""
    text = reply.otherwise or language(locale).say(NOT_DONE)
    made = replace(reply, text=text, effect=None, otherwise="", fallback=())
    return replace(made, choices=reply.fallback, actions=()) if reply.fallback else made


def filled(reply: Reply, known: Mapping[str, str]) -> Reply:
    """A reply with what was not known before in its texts and tokens."""
    if not known:
        return reply

    def told(text: str) -> str:
        for place, value in known.items():
            text = text.replace(place, value)
        return text

    def shown(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        return tuple(
            replace(each, token=told(each.token), label=told(each.label)) for each in choices
        )

    return replace(
        reply, text=told(reply.text), choices=shown(reply.choices), actions=shown(reply.actions)
    )
