"""What a reply asks to be done before it is sent, done in the same transaction.

Orders of officers are carried out only for officers, whatever the conversation thought; if one
cannot be, what was said for that case is sent instead.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import broadcasts, outgoing, rounds, staff, store
from bot.houses import Lookup
from bot.rounds import RoundError
from bot.store import Chat
from conversations.language import language
from conversations.model import Attachment, Broadcast, Correct, Publish, Redeem, Reply
from rules.messages import message

NOT_DONE = message("这件事没有办成，什么都没有改。请看一看现在的情况，再试一次。")


@dataclass(frozen=True, slots=True)
class Clerk:
    """Carries out what is asked for in a chat, in one transaction."""

    connection: AsyncConnection
    lookup: Lookup
    now: datetime

    async def carried_out(self, chat: Chat, reply: Reply, locale: str) -> Reply:
        """Do what a reply asks for; gives the reply that is to be sent."""
        match reply.effect:
            case None:
                return reply
            case "export":
                return await self._exported(chat, reply)
            case "forget":
                await outgoing.forget(self.connection, chat)
                self.lookup.changed()
                return reply
            case order:
                done = await self._ordered(chat, order)
        if done:
            self.lookup.changed()
            # A code is not kept, nor is the same round kept twice.
            return replace(reply, effect=None, otherwise="")
        text = reply.otherwise or language(locale).say(NOT_DONE)
        return replace(reply, text=text, effect=None, otherwise="")

    async def _exported(self, chat: Chat, reply: Reply) -> Reply:
        await store.save(self.connection, [chat])
        kept = await store.export(self.connection, chat.id)
        text = json.dumps(kept, ensure_ascii=False, indent=2)
        return replace(reply, attachment=Attachment("award-bot.json", text))

    async def _ordered(self, chat: Chat, order: Publish | Correct | Broadcast | Redeem) -> bool:
        if isinstance(order, Redeem):
            return await staff.redeem(self.connection, chat.id, order.code, self.now)
        award = order.award if isinstance(order, Broadcast) else order.round.award
        if not await staff.is_officer(self.connection, chat.id, award):
            return False
        try:
            await self._for_officer(chat, order)
        except RoundError:
            return False
        return True

    async def _for_officer(self, chat: Chat, order: Publish | Correct | Broadcast) -> None:
        match order:
            case Publish(round=new):
                await rounds.publish(self.connection, new, self.now)
            case Correct(round=new):
                await rounds.correct(self.connection, new, self.now)
            case Broadcast(award=award, text=text):
                await broadcasts.begin(self.connection, award, text, chat.id, self.now)
