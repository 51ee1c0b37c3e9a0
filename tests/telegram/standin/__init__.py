"""A strict stand-in for Telegram's Bot API, over real HTTP.

The bot is started with ``TELEGRAM_API_BASE=telegram.base`` and
``TELEGRAM_BOT_TOKEN=telegram.token``, by polling or by webhook; the test plays the users and sees
what they would see::

    with StandIn() as telegram:
        chat = telegram.private(language_code="zh-hans")
        telegram.say(chat, "/start jian")
        telegram.wait(lambda: chat.messages)          # a test with a loop: await telegram.until(…)
        message = chat.last                 # .text .entities .buttons .rows .file .history …
        press = telegram.press(chat, "下一题")         # by label or data; .answers, .answered
        telegram.wait(lambda: press.answered and telegram.quiet())
        assert message.history and not telegram.faults

- ``chat.messages`` is what the bot said and is shown; ``chat.everything`` has both sides' messages.
- People: ``say``, ``press``, ``send(chat, "photo")``, ``edit``, ``delete``, ``block``, ``unblock``,
  ``migrate``, ``post``, ``say_anonymously``, ``update`` (any kind), ``expire`` (a press is too
  old); ``query = telegram.ask_inline(user, "…")`` with ``query.results``, ``choose(chat, query)``.
- Updates: ``pending``, ``quiet()``, ``redeliver(ids, seed=…)``, ``pause()``, ``resume()``,
  ``deliveries``; ``balance("https://bot.example", "http://127.0.0.1:8001", …)`` puts several
  webhook servers behind one public URL.
- What goes wrong: ``telegram.trouble.refuse(429, retry_after=3, method="sendMessage", chat=chat)``,
  ``.deliver_then_time_out()``, ``.drop("before" | "after")``, ``.slow(2)``, ``.limit(per_chat=…)``,
  ``hold = .hold("after", method="sendMessage")`` with ``hold.wait()``, ``.release()``, ``.drop()``.
- Strictness: refusals come in the real one's words. ``telegram.faults`` has what a bot must never
  do (unknown methods and parameters, wrong types, broken HTML, too long, wrong keyboards); a test
  ends with ``assert not telegram.faults``. ``calls`` and ``called(method)`` are the journal.

Where it knows better than the real one, it is stricter: brackets and ampersands must be escaped.
"""

from standin.chats import Answer, Chat, Message, Press, User, Version
from standin.control import StandIn
from standin.errors import ApiError, Fault
from standin.faults import Hold, Rule
from standin.keyboards import Button
from standin.markup import Entity
from standin.params import File
from standin.world import Call, Query

__all__ = [
    "Answer",
    "ApiError",
    "Button",
    "Call",
    "Chat",
    "Entity",
    "Fault",
    "File",
    "Hold",
    "Message",
    "Press",
    "Query",
    "Rule",
    "StandIn",
    "User",
    "Version",
]
