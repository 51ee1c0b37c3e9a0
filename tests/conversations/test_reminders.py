"""What reminders and announcements say, and what can be done with them."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from notices import LONG_AGO, ROUND, at, following, waiting_for

from conversations.due import Due, due
from conversations.model import Reply, State
from conversations.reminders import alike, announced, broadcast, reminder
from conversations.reminding import Reminding, Watch
from rules.rounds import Milestone, Round


def remind(state: State, now: datetime, *rounds: Round, since: datetime | None = None) -> Reply:
    """The message at a moment; what was to be told before the last minute has been told."""
    return reminder(state, due(state, rounds, since or now - timedelta(minutes=1), now), now)


def tokens(reply: Reply) -> list[str]:
    """What the buttons send."""
    return [each.token for each in reply.actions]


def waits(kind: str, day: date) -> State:
    """A chat that waits for a day, and follows nothing."""
    watch = Watch(0, kind, LONG_AGO, "jian", day=day, screening=3)  # type: ignore[arg-type]
    return State(told=True, reminding=State().reminding.with_watch(watch))


def test_a_closing_says_what_to_hand_in_and_where() -> None:
    """Days left, day and hour, what, where, and the notice that says so."""
    reply = remind(following(), at("2026-06-23 09:00"), ROUND)
    assert reply.text == (
        "⏰ 还有7天\n"
        "吉安市市长质量奖：申报截止\n"
        "2026年6月30日（周二） 17:00\n"
        "要交的：申报表和自我评价报告，一式三份\n"
        "交到：市质量强市办（市市场监督管理局）\n\n"
        "通知：《关于开展2026年度吉安市市长质量奖评选的通知》（吉质强办〔2026〕1号）"
    )
    key = "r5:closes@2026-06-30"
    assert tokens(reply) == [
        f"n:done:{key}", f"n:1h:{key}", f"n:1d:{key}", f"n:3d:{key}",
        "n:plan:jian", f"n:ics:{key}", "n:stop:1",
    ]  # fmt: skip
    assert reply.question is None
    assert reply.choices == ()  # numbers belong to the question that is open


def test_far_away_both_clocks_are_told() -> None:
    """In New York it closes at five in the morning."""
    state = replace(following(), timezone="America/New_York")
    text = remind(state, at("2026-06-23 09:00", "America/New_York"), ROUND).text
    assert "05:00" in text
    assert "17:00" in text


def test_a_step_cites_its_article() -> None:
    """Who acts, which article, its words; the self-evaluation's length is the applicant's."""
    state = following(track="organisation")
    reply = remind(state, at("2026-06-11 09:00"), ROUND)
    assert "谁来做：申报组织" in reply.text
    assert "依据：第十三条第（二）项" in reply.text
    assert [cited.label for cited in reply.citations] == ["第十三条第（二）项"]
    assert "n:plan:jian" in tokens(reply)
    watch = replace(state.reminding.watches[0], lengths={"self_evaluation": "30"})
    longer = replace(state, reminding=state.reminding.with_changed(watch))
    found = due(longer, [ROUND], LONG_AGO, at("2026-06-30 18:00")).told
    (day,) = (told.dated.day for told, _ in found if told.dated.planned and told.dated.planned.own)
    assert "多久是您自己定的" in remind(longer, at(f"{day} 09:00"), ROUND).text


def test_a_plan_in_a_year_without_calendar_is_provisional() -> None:
    """Said with the day, not left to be found out."""
    later = replace(ROUND, opens=at("2029-05-01 09:00"), closes=at("2029-06-30 17:00"),
                    milestones=())  # fmt: skip
    text = remind(following(track="organisation"), at("2029-06-28 18:00"), later,
                  since=at("2029-05-30 18:00")).text  # fmt: skip
    assert "暂定" not in text  # it is over, and told in one line
    text = remind(following(track="organisation"), at("2029-06-20 18:00"), later,
                  since=at("2029-06-14 18:00")).text  # fmt: skip
    assert "暂定" in text


def test_several_of_a_day_are_one_message() -> None:
    """Nearest first, numbered, the notice once, each with its own buttons."""
    reply = remind(following(track="organisation"), at("2026-06-10 09:00"), ROUND)
    assert reply.text.index("1. ⏰ 今天") < reply.text.index("2. ⏰ 明天")
    assert reply.text.count(ROUND.title) == 1
    assert [each.label for each in reply.actions if each.token.startswith("n:done")] == [
        "1. 办完了", "2. 办完了"]  # fmt: skip
    assert tokens(reply).count("n:stop:1") == 1
    assert "n:ics" in tokens(reply)


def test_of_many_dates_only_the_main_buttons_are_shown() -> None:
    """Done and tomorrow for each: a phone has little room."""
    kept = waiting_for(date(2026, 6, 30)).reminding
    for title in ("甲", "乙", "丙", "丁"):
        kept = kept.with_watch(Watch(0, "own", LONG_AGO, day=date(2026, 6, 30), title=title))
    reply = remind(State(reminding=kept), at("2026-06-29 09:00"))
    assert sum(token.startswith("n:done") for token in tokens(reply)) == 5
    assert sum(token.startswith("n:1d") for token in tokens(reply)) == 5
    assert not any(token.startswith(("n:1h", "n:3d")) for token in tokens(reply))


WATCHES = (
    None,
    Watch(0, "own", LONG_AGO, day=date(2026, 6, 30), title="内审"),
    Watch(0, "own", LONG_AGO, day=date(2026, 6, 30), title="外审"),
    Watch(0, "waiting", LONG_AGO, "jian", day=date(2026, 6, 30)),
    Watch(0, "waiting", LONG_AGO, "qinzhou", day=date(2026, 6, 30)),
    Watch(0, "eligible", LONG_AGO, "jian", day=date(2026, 6, 30), screening=1),
    Watch(0, "eligible", LONG_AGO, "jian", day=date(2026, 6, 30), screening=2),
)
SNOOZES = [
    ("2026-06-27 09:00", ["1h", "1d", "3d"]),
    ("2026-06-29 09:00", ["1h", "1d"]),
    ("2026-06-30 09:00", ["1h"]),
    ("2026-06-30 16:30", []),
]


@pytest.mark.parametrize(("now", "offered"), SNOOZES)
def test_a_closing_is_not_put_off_until_it_is_over(now: str, offered: list[str]) -> None:
    """Only what leaves time is offered."""
    reply = remind(following(), at(now), ROUND, since=at("2026-06-26 12:00"))
    found = [token.split(":")[1] for token in tokens(reply)]
    assert [name for name in found if name in {"1h", "1d", "3d"}] == offered


def test_who_is_told_alike_is_told_the_same() -> None:
    """Of chats as different as they may be, those that are to be told alike get one message."""
    told: dict[Hashable, Reply] = {}
    count = 0
    for locale, zone, quiet, track, length, watch in product(
        ("zh_Hans", "en"), ("Asia/Shanghai", "Asia/Tokyo"), ((22, 8), (19, 9)),
        (None, "organisation", "individual"), ("9", "15w"), WATCHES,
    ):  # fmt: skip
        follows = Watch(0, "rounds", LONG_AGO, "jian", track, lengths={"recommendation": length})
        wishes = Reminding(quiet_from=quiet[0], quiet_to=quiet[1])
        wishes = (wishes.with_watch(watch) if watch else wishes).with_watch(follows)
        state = State(locale=locale, timezone=zone, reminding=wishes)
        for since in (at("2026-06-01 12:00"), at("2026-06-23 08:00")):
            now = at("2026-06-23 18:00")
            found = due(state, [ROUND], since, now)
            if found.told:
                reply = reminder(state, found, now)
                assert told.setdefault(alike(state, found), reply) == reply
                count += 1
    assert 1 < len(told) < count


def test_what_is_late_says_so_once() -> None:
    """An hour after its time, and with an apology."""
    text = remind(following(), at("2026-06-23 12:00"), ROUND, since=at("2026-06-22 12:00")).text
    assert text.startswith("⏰ 还有7天（这条晚了，抱歉）\n")
    assert "晚了" not in remind(following(), at("2026-06-23 09:30"), ROUND,
                               since=at("2026-06-22 12:00")).text  # fmt: skip


def test_what_is_over_is_one_line_without_buttons() -> None:
    """After weeks of failure: what is over in a line each, and nothing to press."""
    reply = remind(following(), at("2026-07-02 09:00"), ROUND, since=at("2026-05-20 09:00"))
    assert reply.text.splitlines()[:3] == [
        "已经开始了：吉安市市长质量奖：开始受理申报，2026年6月1日（周一） 09:00",
        "已经过了：吉安市市长质量奖：申报说明会，2026年6月10日（周三）",
        "已经截止了：吉安市市长质量奖：申报截止，2026年6月30日（周二） 17:00",
    ]
    assert reply.actions == ()


def test_the_day_of_becoming_eligible_promises_nothing() -> None:
    """It is by the answers given, and the screening is one press away."""
    reply = remind(waits("eligible", date(2027, 5, 20)), at("2027-05-20 09:00"))
    assert "按您自查时的回答算的" in reply.text
    assert "s:3" in tokens(reply)


def test_the_end_of_a_waiting_period_names_the_articles() -> None:
    """Those on waiting after an award and after a sanction."""
    reply = remind(waits("waiting", date(2027, 5, 20)), at("2027-05-20 09:00"))
    assert "依据：第五条" in reply.text


def test_own_dates_are_told_in_the_users_words() -> None:
    """Their title as it is, and nothing of awards."""
    reply = remind(waiting_for(date(2026, 6, 30), "{内审}"), at("2026-06-29 09:00"))
    assert reply.text == "⏰ 明天\n{内审}\n2026年6月30日（周二）"


def test_nothing_due_is_no_message() -> None:
    """Whoever asks for it without anything due is wrong."""
    with pytest.raises(ValueError, match="nothing is due"):
        reminder(following(), Due((), LONG_AGO), LONG_AGO)


def test_a_new_round_is_announced_with_all_that_it_says() -> None:
    """Notice, opening, closing with days left, what, where, further days, and the plan."""
    reply = announced(following(), ROUND, None, at("2026-06-20 10:00"))
    assert reply.text == (
        "吉安市市长质量奖（2026年）的申报通知公布了："
        "《关于开展2026年度吉安市市长质量奖评选的通知》（吉质强办〔2026〕1号）。\n"
        "开始受理：2026年6月1日（周一） 09:00\n"
        "申报截止：2026年6月30日（周二） 17:00（还有10天）\n"
        "要交的：申报表和自我评价报告，一式三份\n"
        "交到：市质量强市办（市市场监督管理局）\n"
        "· 申报说明会：2026年6月10日（周三）"
    )
    assert tokens(reply) == ["n:plan:jian", "n:ics", "n:stop:1"]


CORRECTIONS = [
    ({"title": "补充通知"}, "通知的名称：关于开展2026年度吉安市市长质量奖评选的通知 → 补充通知"),
    ({"number": ""}, "文号：吉质强办〔2026〕1号 → （没有写）"),
    ({"opens": at("2026-06-03 09:00")},
     "开始受理：2026年6月1日（周一） 09:00 → 2026年6月3日（周三） 09:00"),
    ({"closes": at("2026-06-30 12:00")},
     "申报截止：2026年6月30日（周二） 17:00 → 2026年6月30日（周二） 12:00"),
    ({"hand_in": "申报表"}, "要交的：申报表和自我评价报告，一式三份 → 申报表"),
    ({"where": "网上"}, "交到：市质量强市办（市市场监督管理局） → 网上"),
    ({"year": 2027}, "年度：2026年 → 2027年"),
    ({"milestones": ()}, "申报说明会：2026年6月10日（周三） → 取消了"),
    ({"milestones": (Milestone("申报说明会", date(2026, 6, 11), LONG_AGO),)},
     "申报说明会：2026年6月10日（周三） → 2026年6月11日（周四）"),
    ({"milestones": (*ROUND.milestones, Milestone("现场答疑", date(2026, 6, 15), LONG_AGO))},
     "新增 现场答疑：2026年6月15日（周一）"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line"), CORRECTIONS)
def test_a_correction_tells_old_and_new(change: dict[str, object], line: str) -> None:
    """What changed, as it was and as it is, and nothing else; then the closing as it stands."""
    new = replace(ROUND, version=2, **change)  # type: ignore[arg-type]
    reply = announced(following(), new, ROUND, at("2026-06-20 10:00"))
    assert [text for text in reply.text.splitlines() if text.startswith("· ")] == [f"· {line}"]
    assert "申报通知有更正" in reply.text
    assert "\n申报截止：2026年6月30日（周二）" in reply.text


def test_a_withdrawal_says_that_its_days_no_longer_count() -> None:
    """Which notice, and that nothing of it will be reminded of."""
    reply = announced(following(), replace(ROUND, withdrawn=True), ROUND, at("2026-06-20 10:00"))
    assert "撤回了" in reply.text
    assert ROUND.number in reply.text
    assert tokens(reply) == ["n:stop:1"]


def test_a_round_that_stands_again_is_announced_anew() -> None:
    """After a withdrawal all of it is news."""
    old = replace(ROUND, withdrawn=True)
    assert "公布了" in announced(following(), ROUND, old, at("2026-06-20 10:00")).text


FITS = [
    (date(2026, 6, 30), "赶得上这一轮"),
    (date(2026, 7, 1), "要等下一轮"),
]


@pytest.mark.parametrize(("day", "expected"), FITS)
def test_who_waits_for_a_day_hears_whether_the_round_is_in_time(day: date, expected: str) -> None:
    """Compared with the closing day; who does not follow the award may begin to."""
    reply = announced(waits("eligible", day), ROUND, None, at("2026-06-20 10:00"))
    assert expected in reply.text
    assert tokens(reply)[-2:] == ["n:f:jian", "n:stop:1"]


def test_a_broadcast_says_who_speaks() -> None:
    """The office's own words, as they are, and the way out."""
    reply = broadcast(following(), "jian", "下周三 {开会}。")
    assert reply.text == "吉安市市长质量奖的评审办公室请我转告：\n\n下周三 {开会}。"
    assert tokens(reply) == ["n:stop:1"]


@pytest.mark.parametrize("track", ["organisation", "individual"])
def test_every_button_fits(track: str) -> None:
    """At any time of a round with the longest number every token has at most 64 bytes."""
    each, state = replace(ROUND, id=2**31 - 1), following(track=track)
    for days in range(45):
        now = at("2026-06-01 09:00") + timedelta(days=days)
        if due(state, [each], now - timedelta(days=1), now).told:
            reply = remind(state, now, each, since=now - timedelta(days=1))
            assert all(len(token.encode()) <= 64 for token in tokens(reply))
