"""The pages about dates: buttons old and new, words for every button, nothing lost beneath."""

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from announced import HOUSE, NOW, ROUNDS, heard, said

from conversations.ahead import find
from conversations.commands import COMMANDS
from conversations.dated import dates, derived
from conversations.model import LOCALES, Command, Event, House, Pressed, Reply, Said, State
from conversations.reminding import Watch
from conversations.step import current, step
from rules.load import load_awards
from rules.rounds import Round

LONGEST_TOKEN = 64
FOLLOWED = ("倒排时间表", "吉安", "组织", "提醒我这些日子", "取消")
TEXTS = [
    "提醒", "提醒我", "期限", "提醒设置", "多久能再报", "倒排", "吉安", "上海", "青山湖", "组织",
    "个人", "获得过区长质量奖", "获得过市长质量奖", "2021年", "2023年3月5日", "3月15日 内审",
    "提醒我明天交材料", "明年6月30日", "昨天", "10天", "5个工作日", "早上8点", "纽约", "22点到7点",
    "提前7天", "1", "2", "3", "5", "返回", "取消", "不知道", "为什么", "帮助", "办完了",
    "明天再提醒", "不用提醒了", "菜单", "English", "中文", "隐私", "今天", "快速", "否", "不改了",
    "改一项回答", "看保存的自查", "😀", "{award}", "%s", "\x00",
]  # fmt: skip


def talk(seed: int, turns: int = 60) -> None:
    """Say and press all sorts of things, old buttons too, while time passes."""
    rng, now = random.Random(seed), NOW
    state, tokens = State(), ["n:list", "n:nonsense", "n:", "n:done:x@y", "n:stop:99", "n:lead:x"]
    for _ in range(turns):
        house = HOUSE if rng.random() < 0.8 else House(rounds=ROUNDS[: rng.randrange(3)])
        name = rng.choice([*COMMANDS, "start", "resume"])
        events: list[Event] = [
            Said(rng.choice(TEXTS)),
            Pressed(rng.choice(tokens[-15:] if rng.random() < 0.8 else tokens)),
            Command(name, rng.choice(["", "jian", "3月5日 审"])),
        ]
        event = rng.choice(events)
        before = state
        state, replies = step(state, event, now, house)
        state = State.from_json(json.loads(json.dumps(state.to_json())))
        check(replies, tokens)
        assert current(state, now, house).text
        if all(reply.effect != "forget" for reply in replies):
            assert len(state.screenings) >= len(before.screenings) - 1
        now += timedelta(hours=rng.choice([0, 0, 1, 30]))


def check(replies: tuple[Reply, ...], tokens: list[str]) -> None:
    """There is an answer, it says something, and its buttons fit any platform."""
    assert replies
    for reply in replies:
        assert reply.text.strip()
        for choice in (*reply.choices, *reply.actions):
            assert choice.label
            assert len(choice.token.encode()) <= LONGEST_TOKEN
            tokens.append(choice.token)
        if reply.day_token is not None:
            tokens += [f"{reply.day_token}:{day}" for day in ("2027-06-30", "2020", "2026-13-01")]


@pytest.mark.parametrize("seed", range(40))
def test_any_conversation_goes_on(seed: int) -> None:
    """No sequence of texts, buttons and commands ends in an error or in silence."""
    talk(seed)


@pytest.mark.parametrize("name", ["deadlines", "remind", "waiting", "plan", "settings"])
def test_what_was_asked_goes_on(name: str) -> None:
    """A page opened in the middle of a question gives way to it again, whatever it was."""
    begun = said("青山湖", "企业", "今天", "快速", "是")
    for state in (State(told=True), begun, said("返回", state=begun), said("看保存的自查")):
        opened, _ = heard(state, Command(name))
        assert opened.focus is not None
        assert opened.focus.startswith("date:")
        closed, replies = heard(opened, Said("取消"))
        assert (closed.focus, closed.current, closed.draft) == (
            state.focus, state.current, state.draft)  # fmt: skip
        assert replies[0].question == current(state, NOW, HOUSE).question


def test_a_screening_button_closes_a_page() -> None:
    """A button of the question beneath is answered, as if the page had not been opened."""
    begun = said("青山湖", "企业")
    opened = said("提醒", state=begun)
    assert heard(opened, Pressed("a1:day:today")) == heard(begun, Pressed("a1:day:today"))


@pytest.mark.parametrize("number", range(1, 6))
def test_every_button_about_a_date_fits(number: int) -> None:
    """The steps of every award have keys that fit a button, in a house with many rounds."""
    award = load_awards()[number - 1]
    house = House(rounds=(replace(ROUNDS[number - 1], id=9_999_999),))
    for track in award.tracks:
        steps = [step.id for step in award.steps[track] if step.workdays is None]
        watch = Watch(0, "rounds", NOW, award.id, track.value, lengths=dict.fromkeys(steps, "3w"))
        state = State(told=True, reminding=State().reminding.with_watch(watch))
        keys = [dated.key for dated in derived(state, house.rounds)]
        assert len(keys) > len(steps)
        assert all(len(f"n:done:{key}".encode()) <= LONGEST_TOKEN for key in keys), keys


def test_done_is_told_no_more() -> None:
    """What is dealt with is no date any more; its old buttons say so and change nothing."""
    state = said(*FOLLOWED)
    key = dates(state, ROUNDS, NOW)[0].key
    state, replies = heard(state, Pressed(f"n:done:{key}"))
    assert "办完了" in replies[0].text
    assert find(state, HOUSE, key) is None
    for head in ("done", "1h", "3d", "one", "ics"):
        after, replies = heard(state, Pressed(f"n:{head}:{key}"))
        assert after == state
        assert "已经标成办完了" in replies[0].text


def test_a_date_that_was_moved_has_old_buttons() -> None:
    """A button of a day that was corrected since says that the day is another."""
    state = said(*FOLLOWED)
    key = next(d.key for d in dates(state, ROUNDS, NOW) if d.kind == "closes")
    moved: tuple[Round, ...] = tuple(
        replace(each, closes=each.closes + timedelta(days=9)) for each in ROUNDS
    )
    after, replies = step(state, Pressed(f"n:done:{key}"), NOW, House(rounds=moved))
    assert after == state
    assert "这个日子已经改了" in replies[0].text


SNOOZES = [
    ("1h", NOW, datetime(2026, 5, 6, 12, tzinfo=UTC)),
    ("1d", NOW, datetime(2026, 5, 7, 1, tzinfo=UTC)),
    ("3d", NOW, datetime(2026, 5, 9, 1, tzinfo=UTC)),
    # An hour later it would be in the quiet hours: at their end.
    ("1h", datetime(2026, 5, 6, 13, 30, tzinfo=UTC), datetime(2026, 5, 7, 0, tzinfo=UTC)),
]


@pytest.mark.parametrize(("head", "now", "until"), SNOOZES)
def test_put_off(head: str, now: datetime, until: datetime) -> None:
    """An hour later, or at the usual hour of another day, outside the quiet hours; told once."""
    state = said(*FOLLOWED)
    key = next(d.key for d in dates(state, ROUNDS, NOW) if d.kind == "closes")
    for _ in range(2):
        state, replies = heard(state, Pressed(f"n:{head}:{key}"), now)
        assert [(each.key, each.until) for each in state.reminding.snoozes] == [(key, until)]
        assert "再提醒您" in replies[0].text


def test_putting_off_beyond_the_day_is_asked_back() -> None:
    """Three days later it would be over: nothing is put off, and it is said."""
    state = said(*FOLLOWED)
    late = datetime(2026, 6, 29, 2, tzinfo=UTC)
    key = next(d.key for d in dates(state, ROUNDS, NOW) if d.kind == "closes")
    after, replies = heard(state, Pressed(f"n:3d:{key}"), late)
    assert after == state
    assert "就过了" in replies[0].text


def test_stopping_ends_all_of_a_watch() -> None:
    """Nothing of the round is told any more; a second tap says that it has ended."""
    state = said(*FOLLOWED)
    number = state.reminding.watches[0].id
    state, _ = heard(state, Pressed(f"n:stop:{number}"))
    assert dates(state, ROUNDS, NOW) == ()
    after, replies = heard(state, Pressed(f"n:stop:{number}"))
    assert after == state
    assert "早就不提醒了" in replies[0].text


def test_following_twice_follows_once() -> None:
    """A second tap on 提醒我 keeps one watch, with the plan of the one who applies."""
    state = said(*FOLLOWED)
    state, replies = heard(state, Pressed("n:f:jian"))
    assert [(w.kind, w.award, w.track) for w in state.reminding.watches] == [
        ("rounds", "jian", "organisation")]  # fmt: skip
    assert "已经记着了" in replies[0].text


def test_a_length_is_kept_with_the_reminders() -> None:
    """A length that was set before following and one set after both count in what is told."""
    state = said("倒排", "吉安", "组织")
    for step_id, text in (("recommendation", "10天"), ("hand_in", "3个工作日")):
        state, _ = heard(state, Pressed(f"n:step:{step_id}"))
        state = said(text, "提醒我", state=state)
    assert state.reminding.watches[0].lengths == {"recommendation": "10", "hand_in": "3w"}
    steps = [d.planned.step.id for d in dates(state, ROUNDS, NOW) if d.planned is not None]
    assert set(steps) >= {"recommendation", "hand_in", "internal_notice", "public_notice"}


def test_a_calendar_file_is_given_beside_the_page() -> None:
    """One date or all, as a file; what is asked goes on."""
    state = said(*FOLLOWED)
    key = dates(state, ROUNDS, NOW)[0].key
    for token in ("n:ics", f"n:ics:{key}"):
        after, replies = heard(state, Pressed(token))
        assert after == state
        assert replies[0].attachment is not None
        assert replies[0].attachment.name.endswith(".ics")
        assert replies[1].question == "menu"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("token", ["n:list", "n:wait", "n:plan:jian", "n:own", "n:set"])
def test_every_choice_can_be_typed(token: str, locale: str) -> None:
    """The label of every button of a page, typed, does what pressing it does."""
    state = replace(said(*FOLLOWED, "提醒我3月15日内审"), locale=locale)
    state, replies = heard(state, Pressed(token))
    for choice in (*replies[-1].choices, *replies[-1].actions):
        assert heard(state, Said(choice.label)) == heard(state, Pressed(choice.token)), choice


def test_a_page_of_one_date_says_where_it_comes_from() -> None:
    """A step of the plan has its article, a closing what is to be handed in and where."""
    state = said(*FOLLOWED)
    for dated in dates(state, ROUNDS, NOW):
        _, replies = heard(state, Pressed(f"n:one:{dated.key}"))
        assert "〔2026〕" in replies[0].text
        if dated.kind == "step":
            assert replies[0].citations
        if dated.kind == "closes":
            assert "申报表" in replies[0].text
            assert "评审办公室" in replies[0].text


def test_late_steps_are_shown_while_the_round_is_open() -> None:
    """What should have begun stands first, marked; after the closing it is gone."""
    state = said(*FOLLOWED)
    late = datetime(2026, 6, 29, 2, tzinfo=UTC)
    assert heard(state, Said("提醒"), late)[1][0].text.startswith("⚠ 已经晚了的")
    over = datetime(2026, 7, 1, 2, tzinfo=UTC)
    assert "晚了" not in heard(state, Said("提醒"), over)[1][0].text


def test_too_many_dates_are_refused() -> None:
    """Nobody fills the table: beyond a number the old ones have to go first."""
    state = State(told=True)
    for number in range(60):
        day = date(2027, 1, 1) + timedelta(days=number)
        state, _ = heard(state, Command("remind", f"{day} 事项{number}"))
    assert len(state.reminding.watches) == 60
    after, replies = heard(state, Command("remind", "2028-01-01 再一个"))
    assert after.reminding == state.reminding
    assert "请先停掉用不着的" in replies[0].text


def test_deleting_a_screening_ends_its_reminder() -> None:
    """A day that follows from answers goes with them, and that is told."""
    state = not_yet()
    state, _ = heard(state, Said("提醒我"))
    assert [watch.kind for watch in state.reminding.watches] == ["eligible"]
    state, replies = heard(state, Pressed("s:-1"))
    assert state.reminding.watches == ()
    assert "提醒也一起撤了" in replies[0].text


def not_yet() -> State:
    """A screening that is finished, and comes to a day half a year ahead."""
    return said("青山湖", "企业", "今天", "快速", "是", "是", "符合", "不是", "2015年",
                "2025年1月20日", "2020年", "绿色", "都盈利", "都没有", "都没有", "没有",
                "没有")  # fmt: skip


def test_the_round_after_the_day_is_named_at_the_result() -> None:
    """Of a day after the closing of the announced round, that round is not named."""
    _, replies = heard(not_yet(), Said("结果"))
    assert "2027年1月20日起才符合。2027年1月20日以后的申报通知，这里还没有" in replies[-1].text
    assert "推算" in replies[-1].text


def test_everything_is_told_to_officers_as_well() -> None:
    """An officer in the middle of a notice looks at dates, and the notice goes on after it."""
    house = replace(HOUSE, officer_of=frozenset({"jian"}))
    state, _ = step(State(told=True), Command("rounds"), NOW, house)
    state = replace(state, draft={"doing": "announce", "award": "jian", "year": 2027})
    opened, _ = step(state, Command("deadlines"), NOW, house)
    closed, _ = step(opened, Said("返回"), NOW, house)
    assert (closed.focus, closed.draft) == (state.focus, state.draft)


@pytest.mark.parametrize("name", ["rounds", "broadcast", "staff"])
def test_officers_commands_are_unknown_to_others(name: str) -> None:
    """Who is no officer gets the answer to an unknown command; typed it is only a word."""
    _, replies = heard(State(told=True), Command(name))
    assert f"没有“{name}”这个命令" in replies[0].text
    state, replies = heard(State(told=True), Said(name))
    choices = [choice for reply in replies for choice in (*reply.choices, *reply.actions)]
    assert not state.draft
    of_office = {each.token for each in choices if each.token.startswith(("o:", "k:", "v:"))}
    assert of_office <= {"k:ask"}
