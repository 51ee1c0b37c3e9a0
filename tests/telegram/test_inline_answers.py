"""What is offered in inline mode: answers with their articles, each one message that is taken."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits import read

from bot.platforms.telegram.inline_answers import (
    CLOSEST,
    COMMON,
    NO_ANSWER,
    Result,
    Source,
    results,
)
from conversations.language import language
from conversations.model import LOCALES
from conversations.questions import Answered, Suggestion
from knowledge.model import Citation

TODAY = date(2026, 11, 20)
PRIZE = Citation("lianyungang", "art-15", 15, None, "第十五条", "给予<一次性>奖励")
OTHER = Citation("jian", "art-21", 21, None, "第二十一条", "另行规定")
LIANYUNGANG = Answered(
    "answered", ("lianyungang",), "连云港市市长质量奖：每家50万元 & 证书。", (PRIZE,), topic="prize"
)
JIAN = Answered("answered", ("jian",), "吉安市市长质量奖：另行规定。", (OTHER,), topic="prize")
COMPARED = Answered(
    "which_jurisdiction",
    ("lianyungang", "jian"),
    "奖金是多少，要看是哪个奖：\n· 连云港市市长质量奖：50万元\n· 吉安市市长质量奖：另行规定",
    (PRIZE, OTHER),
    topic="prize",
)
NOTHING = Answered("unanswered", (), "这件事不在我手上的几个办法里。", ())
UNSURE = Answered(
    "unsure",
    ("jian",),
    "没有把握您问的是哪一件。",
    (),
    (Suggestion("prize", "jian", "吉安：奖金是多少？"), Suggestion("fees", None, "收费吗？")),
)


def told(*answers: tuple[str | None, Answered], about: Answered = NOTHING) -> Source:
    """A source that gives these answers, by the award that the question is asked about."""
    known = dict(answers)
    return Source(lambda _q, award, _day, _locale: known[award], lambda *_: about)


def offered(text: str, source: Source, locale: str = "zh_Hans") -> tuple[Result, ...]:
    """The results for a text."""
    return results(text, locale, TODAY, source)


def test_an_answer_is_put_into_the_chat_with_its_article() -> None:
    """The title says what it is about, the description how it begins; nothing in it is markup."""
    (result,) = offered("连云港 奖金", told((None, LIANYUNGANG)))
    assert result.title == "连云港市：奖金是多少"
    assert result.description == "每家50万元 & 证书。"
    assert result.html == (
        "连云港市市长质量奖：每家50万元 &amp; 证书。\n"
        "<blockquote expandable><b>第十五条</b>\n给予&lt;一次性&gt;奖励</blockquote>"
    )


def test_where_awards_differ_there_is_a_comparison_and_one_result_for_each() -> None:
    """The comparison names the award of each article; an award without an answer has no result."""
    known = told((None, COMPARED), ("lianyungang", LIANYUNGANG), ("jian", NOTHING))
    compared, one = offered("奖金", known)
    assert compared.title == "奖金是多少"
    assert compared.description == "· 连云港市市长质量奖：50万元 · 吉安市市长质量奖：另行规定"
    assert "<b>连云港市市长质量奖 第十五条</b>" in compared.html
    assert "<b>吉安市市长质量奖 第二十一条</b>" in compared.html
    assert one.title == "连云港市：奖金是多少"


def test_near_misses_are_answered_under_their_questions() -> None:
    """What is put into the chat is an answer, not the question which of them was meant."""
    result, *more = offered("吉安 钱", told((None, UNSURE), about=JIAN))
    assert result.title == "吉安：奖金是多少？"
    assert "另行规定" in result.html
    assert more == []  # the same text twice is one result


def test_near_misses_without_an_answer_say_so() -> None:
    """There is always something to see."""
    (result,) = offered("吉安 钱", told((None, UNSURE)))
    assert result.title == NO_ANSWER


def test_the_closest_article_is_called_that() -> None:
    """It is quoted once."""
    text = f"办法里最接近的是第二十一条：“{OTHER.quote}”"
    (result,) = offered("吉安 解释", told((None, Answered("unsure", ("jian",), text, (OTHER,)))))
    assert result.title == CLOSEST
    assert result.html == text


def test_what_cannot_be_answered_is_said_in_one_line() -> None:
    """Nothing is invented."""
    (result,) = offered("天气", told((None, NOTHING)))
    assert (result.title, result.html) == (NO_ANSWER, NOTHING.text)


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_before_anything_is_typed_common_questions_are_offered(text: str) -> None:
    """Those that the texts answer."""
    asked: list[tuple[str, str | None, str]] = []

    def about(topic: str, award: str | None, locale: str) -> Answered:
        asked.append((topic, award, locale))
        return COMPARED if topic == "prize" else NOTHING

    source = Source(lambda *_: NOTHING, about)
    (result,) = offered(text, source, "zh_Hant")
    assert asked == [(topic, None, "zh_Hant") for topic in COMMON]
    assert result.title == language("zh_Hant").say("奖金是多少")


@pytest.mark.parametrize(
    ("text", "locale", "spoken"),
    [
        ("连云港 奖金", "zh_Hant", "zh_Hant"),
        ("连云港 奖金", "en", "zh_Hans"),
        ("連雲港 獎金", "zh_Hans", "zh_Hant"),
        ("how much is the prize money", "zh_Hans", "en"),
    ],
)
def test_an_answer_is_in_the_language_of_whoever_asks(text: str, locale: str, spoken: str) -> None:
    """That of their Telegram, unless the question is plainly in another one."""
    heard: list[str] = []

    def ask(_question: str, _award: str | None, _today: date, locale: str) -> Answered:
        heard.append(locale)
        return NOTHING

    offered(text, Source(ask, lambda *_: NOTHING), locale)
    assert heard == [spoken]


ARTICLE = "评审机构应当<按照>评审标准 & 程序进行评审。" * 30


@pytest.mark.parametrize(("articles", "length"), [(1, 10), (5, 10), (9, 10), (60, 10), (3, 9000)])
def test_an_answer_is_one_message_however_long(articles: int, length: int) -> None:
    """Articles that have no room are named; an answer that has none itself ends in an ellipsis."""
    cited = tuple(
        Citation("jian", f"art-{n}", n, None, f"第{n}条", f"{n}：{ARTICLE}")
        for n in range(articles)
    )
    given_ = Answered("answered", ("jian",), "答" * length, cited, topic="prize")
    (result,) = offered("吉安", told((None, given_)))
    seen = read(result.html)
    assert len(seen) <= 4096
    assert seen.startswith("答" * min(length, 4000))
    named = [f"第{n}条" for n in range(articles) if f"第{n}条" in seen]
    assert len(named) == (articles if length < 4000 else 0)
    assert (seen[-1] == "…") == (length > 4096)


@given(st.text(max_size=6000), st.lists(st.text(min_size=1, max_size=900), max_size=12))
def test_whatever_is_answered_telegram_takes_it(text: str, quotes: list[str]) -> None:
    """Any text and any articles, within every limit."""
    cited = tuple(Citation("jian", "art-1", 1, None, "第一条", quote) for quote in quotes)
    for result in offered("吉安", told((None, Answered("answered", ("jian",), text, cited)))):
        seen = read(result.html)
        assert 1 <= len(seen.encode("utf-16-le", "surrogatepass")) // 2 <= 4096
        assert seen.strip()
        assert result.title.strip()
        assert len(result.title) <= 64
        assert len(result.description) <= 160
        assert len(result.id.encode()) <= 64


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("text", ["", "连云港 奖金", "奖金", "今天天气", "吉安 多久能再报"])
def test_the_regulations_have_results_for_every_text(text: str, locale: str) -> None:
    """With what the assistant really knows: at least one result, all different."""
    found = results(text, locale, TODAY)
    assert found
    assert len({result.id for result in found}) == len(found)
