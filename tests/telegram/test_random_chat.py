"""Whatever anybody does, in whatever order: it is answered, and nothing breaks.

Each walk is made of its own seed. ``AWARD_BOT_TEST_EXAMPLES`` is how many are taken; the suite
takes the first few.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from random import Random

import pytest
from anybody import TROUBLES, Anybody
from nursery import Nursery
from office import Office, opened
from program import MODES
from standin.content import KINDS
from standin.markup import units

from conversations.buttons import KINDS as BUTTON_KINDS
from conversations.commands import COMMANDS
from rules.catalog import catalog
from rules.load import load_awards

WALKS = int(os.environ.get("AWARD_BOT_TEST_EXAMPLES", "8"))
STEPS = 25
BOT = "@award_bot"
METHODS = (
    "sendMessage", "sendMessage", "editMessageText", "answerCallbackQuery", "answerCallbackQuery",
    "editMessageReplyMarkup", "sendDocument", "sendChatAction", "getUpdates",
)  # fmt: skip
ANSWERS = (
    "是", "否", "没有", "不知道", "不清楚", "1", "2", "3", "1、2", "99", "0", "-1", "今天", "明天",
    "去年", "五年前", "2019年5月", "二〇一九年五月", "民国八年", "2019-05-01", "2019年2月30日",
    "三年多", "明年3月1日", "12月", "吉安", "钦州", "欽州", "长宁", "个人", "组织", "都盈利",
    "2024年盈利，2025年亏损", "三级", "一般", "都没有", "就这些", "没有人死亡", "3人", "1亿两千万",
)  # fmt: skip
ODD = (
    "<b>&", "</blockquote>&amp;<a href='x'>", "&#0;", "*_`[", "😀",
    "\U0001f469\u200d\U0001f467" * 20,
    "مرحبا بالعالم", "\u202eabc\u202c", "\u200b\u200b.", "很" * 1000, "很" * 1001, "𠮷" * 2048,
    "a\n" * 2000, "?", "？", "%s{name}", "'; DROP TABLE chat; --", "/", "／菜单", "/价格@公司",
    "/help@other_bot", "／start", "/START jian", "/x" * 900, "/why\n2019年", "@award_bot 吉安",
    "null", "\ufeff。", "１２",
)  # fmt: skip
LINKS = (
    "", "jian", "jian_individual", "jian_organisation", "qinzhou", "lianyungang", "changning",
    "qingshanhu", "jian_", "_", "nowhere", "jian_nobody", "JIAN", "a" * 64, "-_-", "吉安", "jian x",
)  # fmt: skip
GREETINGS = ("吉安", "你好", "……", "/start", "<b>", "2019年5月", "删除我的数据", "帮助")
QUESTIONS = (
    "award", "track", "day", "tier", "judgement", "nothing", "", *catalog().facts,
    "past_awards", "records", "annual_results.2024", "records.fraud#0.date", "#more", "x#999.date",
    *(award.id for award in load_awards()),
)  # fmt: skip
VALUES = (
    "yes", "no", "?", "done", "0", "7", "-1", "99999", "today", "none", "organisation", "", "2026",
    "2026-13", "2026-02-30", "2026-03-01", "0000", "9999-12-31", "٢٠٢٦", "1999-00", "en", "forget",
)  # fmt: skip
NUMBERS = ("1", "1", "2", "3", "0", "", "-1", "9" * 20, "٣", "²", "x")
PAGES = ("", "202603", "2026", "0000", "999999", "000000", "x")
TOKENS = (
    "",
    "k",
    "kx",
    ":",
    "::",
    "a",
    "a1",
    "x" * 64,
    "吉" * 21,
    "a1:" + "x" * 61,
    "l:xx",
    "l:en",
)
_LETTERS = ((32, 126), (0xA0, 0x24F), (0x590, 0x6FF), (0x4E00, 0x9FFF), (0x1F300, 0x1FAFF))


class Walk:
    """Somebody new does one thing after another; some are not waited for before the next."""

    def __init__(self, office: Office, seed: int) -> None:
        self.who, self.dice = Anybody(office), Random(seed)
        self.who.done.append(f"walk {seed}")

    def go(self, steps: int) -> None:
        """Do this many things; at the end nothing is left undone."""
        self.who.say("/start jian_individual")
        for act in self.dice.choices(list(ACTS), list(ACTS.values()), k=steps):
            act(self)
            if self.dice.random() < 0.75:
                self.who.rest()
        self.who.leave()

    def one(self, table: Sequence[str]) -> str:
        """One of these."""
        return self.dice.choice(table)

    def text(self) -> str:
        """An answer that may fit, something odd, or letters of any script."""
        kind = self.dice.random()
        if kind < 0.5:
            return self.one(ANSWERS)
        ranges = self.dice.choices(_LETTERS, k=self.dice.randint(1, 40))
        made = "".join(chr(self.dice.randint(*letters)) for letters in ranges)
        return made if kind > 0.75 and made.strip() else self.one(ODD)

    def say(self) -> None:
        """Type anything. Telegram lets nobody write to whom they block."""
        if not self.who.blocked:
            self.who.say(self.text())

    def command(self) -> None:
        """Type a command, known or unknown, with or without something behind it."""
        name = self.one([*COMMANDS, "settings", "dont_know", "resume"])
        meant = self.one(["", "", "", BOT, "@other_bot"])
        argument = self.one(["", "", "en", "zh_Hant", "是", "x" * 200])
        if not self.who.blocked:
            self.who.say(f"/{name}{meant} {argument}".strip())

    def follow(self) -> None:
        """Follow a link, which may lead nowhere."""
        if not self.who.blocked:
            self.who.say(f"/start {self.one(LINKS)}".strip())

    def send(self) -> None:
        """Send something that is no text."""
        if not self.who.blocked:
            self.who.send(self.one(KINDS))

    def edit(self) -> None:
        """Change an earlier text."""
        if not self.who.blocked:
            self.who.edit(self.dice.randrange(100), self.text())

    def switch(self) -> None:
        """Ask for another language."""
        if not self.who.blocked:
            self.who.say(self.one(["English", "繁体", "简体", "/language en", "/language xx"]))

    def forget(self) -> None:
        """Ask to be forgotten, and mean it or not."""
        if not self.who.blocked:
            self.who.say("/forget")
            self.who.say(self.one(["是", "否", "也许", "/cancel"]))

    def go_on(self) -> None:
        """Answer what is asked by buttons, several times."""
        for _ in range(self.dice.randint(1, 8)):
            self.who.rest()
            found = self.who.buttons()
            last = [each for each in found if each[0] is found[-1][0]]
            if last:
                self.who.press(*self.dice.choice(last[-12:]))

    def tap(self) -> None:
        """Press a button that was shown at any time, perhaps twice at once."""
        found = self.who.buttons()
        if found:
            message, data = self.dice.choice(found)
            for _ in range(self.dice.randint(1, 3)):
                self.who.press(message, data, inaccessible=self.dice.random() < 0.2)

    def tap_two(self) -> None:
        """Press two buttons at once, whose message may be gone."""
        found = self.who.buttons()
        for message, data in self.dice.sample(found, k=min(2, len(found))):
            if self.dice.random() < 0.3:
                self.who.telegram.delete(message)
            self.who.press(message, data)

    def forge(self) -> None:
        """Press what was never shown."""
        found = self.who.buttons()
        if found:
            message, data = self.dice.choice(found)
            self.who.forge(message, self.token(data).encode()[:64].decode(errors="ignore"))

    def token(self, like: str) -> str:
        """What no button has sent, perhaps much like one."""
        match self.dice.randrange(5):
            case 0:
                return self.one(TOKENS)
            case 1:
                page = f"{self.one('ste?')}{self.one('odmy')}{self.one(PAGES)}"
                return f"k{page}d1:{self.one(QUESTIONS)}"
            case 2:
                return f"{self.one('mlsp')}:{self.one((*VALUES, *QUESTIONS))}"
            case 3:
                cut = self.dice.randint(0, len(like))
                return like[:cut] + self.one("0a:x9") + like[cut + 1 :]
        head = f"{self.one(BUTTON_KINDS)}{self.one(NUMBERS)}"
        return f"{head}:{self.one(QUESTIONS)}:{self.one(VALUES)}"

    def block(self) -> None:
        """Block the bot, or let it in again."""
        self.who.block(out=not self.who.blocked)

    def talk(self) -> None:
        """Say something in a group, to the bot or to others."""
        text, named = self.one(GREETINGS), self.dice.random() < 0.4
        said = f"{BOT} {text}" if named else text
        self.who.say_in_group(said, reply=self.dice.random() < 0.2, spoken_to=named)

    def migrate(self) -> None:
        """Make the group a supergroup."""
        self.who.migrate()

    def trouble(self) -> None:
        """Something will go wrong with one of the next calls."""
        trouble, method = self.one(sorted(TROUBLES)), self.one(METHODS)
        place = self.dice.choice([self.who.home, self.who.home, self.who.group])
        self.who.done.append(f"{trouble} at {method}")
        TROUBLES[trouble](self.who.telegram, method, place.chat)

    def hold_back(self) -> None:
        """What is done until the next rest is delivered together."""
        self.who.telegram.pause()

    def deliver_again(self) -> None:
        """Updates come once more, in another order: nothing is said."""
        self.who.rest()
        self.who.done.append("deliver again")
        chosen = self.who.updates[-self.dice.randint(1, 5) :]
        self.who.telegram.redeliver(chosen, seed=self.dice.randrange(10))
        self.who.rest()


# What is done how often.
ACTS: dict[Callable[[Walk], None], int] = {
    Walk.say: 6, Walk.command: 5, Walk.follow: 2, Walk.send: 2, Walk.edit: 2, Walk.switch: 1,
    Walk.forget: 1, Walk.go_on: 3, Walk.tap: 4, Walk.tap_two: 2, Walk.forge: 4, Walk.block: 2,
    Walk.talk: 3, Walk.migrate: 1, Walk.trouble: 5, Walk.hold_back: 2, Walk.deliver_again: 1,
}  # fmt: skip


@pytest.fixture(scope="module", params=MODES)
def office(
    request: pytest.FixtureRequest, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """The program, by polling and by webhook; after trouble it soon tries again."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SWEEP", "0.1")
        folder = tmp_path_factory.mktemp("office")
        with opened(nursery, folder, mode=request.param) as office:
            yield office


def test_what_is_said_can_be_sent() -> None:
    """The tables hold nothing that Telegram would not let anybody type."""
    assert all(text.strip() and units(text) <= 4096 for text in (*ANSWERS, *ODD, *GREETINGS))


def test_whatever_is_done_is_answered(office: Office) -> None:
    """Every tap, every private text, and in a group what is said to the bot; nothing breaks."""
    for seed in range(WALKS):
        Walk(office, seed).go(STEPS)
