"""What the texts say, as answers: complete, short, quoted, and with no figure of their own."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import cn2an
import pytest
from small_award import REGULATION

from knowledge.answers import AWARDS, Answer, Answers, load_answers
from knowledge.load import REGULATIONS, awards
from knowledge.model import Citation, Provision, Regulation
from knowledge.parse import parse_regulation
from knowledge.topics import load_topics
from rules.load import load_award

LONGEST_TEXT = 160
LONGEST_CELL = 30

# Years, money and working days are not to be mistaken for one another; what is counted may be
# called by another measure word (个, 家, 名).
UNITS = {
    "工作日": "workdays", "自然日": "days", "日历日": "days", "日": "days", "天": "days",
    "周年": "years", "年": "years", "月": "months", "周": "weeks", "元": "yuan", "%": "percent",
    "级": "levels", "倍": "times as much", "次": "times", "届": "rounds",
    "个": "things", "家": "things", "名": "things", "位": "things", "人": "things", "项": "things",
    "种": "things", "份": "things", "轮": "things",
}  # fmt: skip
WORDS = {("一", "things"), ("一", "times")}
NUMERAL = "[一二两三四五六七八九十百千]+"
FIGURE = re.compile(
    rf"(?:(?P<digits>\d+(?:\.\d+)?)|(?P<numeral>{NUMERAL}))"
    rf"(?P<scale>[千百]?万|亿)?(?:(?:个(?:完整|会计)?)?(?P<unit>{'|'.join(UNITS)}))?"
)
SCALES = {"千万": 10**7, "百万": 10**6, "万": 10**4, "亿": 10**8, None: 1}
Figure = tuple[float, str | None]


def figures(text: str) -> Iterator[Figure]:
    """Find the figures of a text, each with what it measures; numbers of articles are not."""
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("個萬兩", "个万两"))
    plain = re.sub(r"\s|(?<=\d),(?=\d{3})", "", plain)
    plain = re.sub(rf"第(?:{NUMERAL}|\d+)[章条款项]", "", plain).replace("每年", "每1年")
    plain = re.sub(rf"百分之({NUMERAL}|\d+)", r"\1%", plain)
    for match in FIGURE.finditer(plain):
        numeral, unit = match["numeral"], UNITS.get(match["unit"])
        # 统一, 一般, 一个, 一次性, 千方百计: words rather than figures.
        if numeral and not match["scale"] and (not unit or (numeral, unit) in WORDS):
            continue
        number = cn2an.cn2an(numeral.replace("两", "二"), "smart") if numeral else match["digits"]
        yield float(number) * SCALES[match["scale"]], unit


def stands_in(figure: Figure, quoted: set[Figure]) -> bool:
    """Whether a quote has the figure; one said without its unit (50万、3万元) may be of any.

    A quote may leave a unit out only where none but one is possible: 2万 is money.
    """
    value, unit = figure
    if unit is None:
        return any(value == other for other, _ in quoted)
    bare = unit == "things" or (unit == "yuan" and value >= 10_000)
    return figure in quoted or (bare and (value, None) in quoted)


Case = tuple[str, str]


@dataclass(frozen=True)
class Against:
    """What the answers of one award are held against.

    ``criteria`` are those of each track and tier that the award has; ``absent`` gives the
    provision from which it follows that it has no other.
    """

    topics: frozenset[str]
    regulation: Regulation
    criteria: Mapping[Case, frozenset[str]]
    absent: Mapping[Case, str]


def problems(answers: Answers, against: Against) -> set[str]:
    """Name everything that is wrong with an award's answers, each with its topic."""
    found = set(_of_topics(answers, against.topics))
    for answer in answers.answers:
        checks = (
            _of_length(answer),
            _of_citations(answer, against.regulation),
            _of_figures(answer),
            _of_case(answer, against),
        )
        found |= {f"{answer.topic}: {reason}" for check in checks for reason in check}
    return found


def _of_topics(answers: Answers, topics: frozenset[str]) -> Iterator[str]:
    """Every topic is answered in general or silent, and nothing is answered that is no topic."""
    answered = {one.topic for one in answers.answers}
    general = {one.topic for one in answers.answers if (one.track, one.tier) == (None, None)}
    cases = Counter((one.topic, one.track, one.tier) for one in answers.answers)
    wrong = {
        "neither answered nor silent": topics - answered - answers.silent,
        "answered and silent": answered & answers.silent,
        "no general answer": answered - general,
        "no such topic": (answered | answers.silent) - topics,
        "answered twice": {topic for (topic, _, _), count in cases.items() if count > 1},
    }
    yield from (f"{topic}: {reason}" for reason, found in wrong.items() for topic in found)


def _of_length(answer: Answer) -> Iterator[str]:
    parts = (("text", answer.text, LONGEST_TEXT), ("cell", answer.cell, LONGEST_CELL))
    for name, part, longest in parts:
        if len(part) > longest:
            yield f"{name} of {len(part)} characters"
        if not part.strip():
            yield f"empty {name}"


def _of_citations(answer: Answer, regulation: Regulation) -> Iterator[str]:
    """Every quote is a piece of its provision; an article's first paragraph covers all of it."""
    if not answer.citations:
        yield "no citation"
    provisions = {provision.id: provision for provision in regulation.provisions}
    for citation in answer.citations:
        provision = provisions.get(citation.provision)
        if provision is None or citation.award != regulation.award:
            yield f"no provision {citation.award} {citation.provision}"
        elif not citation.quote or citation.quote not in _wording(provision, regulation):
            yield f"{citation.provision} does not say “{citation.quote}”"


def _wording(provision: Provision, regulation: Regulation) -> str:
    if provision.item is None and provision.paragraph == 1:
        return regulation.article_text(provision.article)
    return provision.text


def _of_figures(answer: Answer) -> Iterator[str]:
    """Every figure said stands in one of the quotes."""
    quoted = {figure for citation in answer.citations for figure in figures(citation.quote)}
    for part in (answer.text, answer.cell):
        for figure in figures(part):
            if not stands_in(figure, quoted):
                yield f"no quote has {figure[0]:g} {figure[1] or ''}".rstrip()


def _of_case(answer: Answer, against: Against) -> Iterator[str]:
    """A variant is for what the award has, or cites why it has not; its criteria bind there."""

    def covers(case: Case) -> bool:
        return answer.track in {None, case[0]} and answer.tier in {None, case[1]}

    sources = {provision for case, provision in against.absent.items() if covers(case)}
    cited = {citation.provision for citation in answer.citations}
    if not any(covers(case) for case in against.criteria) and not sources & cited:
        yield f"the award has no {answer.track} {answer.tier}"
    binding = {name for case, names in against.criteria.items() if covers(case) for name in names}
    yield from (f"no criterion {name}" for name in answer.criteria if name not in binding)


def real(award: str) -> Against:
    """What a stored award's answers are held against."""
    rules = load_award(award)
    return Against(
        topics=frozenset(topic.id for topic in load_topics()),
        regulation=rules.regulation,
        criteria={
            case: frozenset(criterion.id for criterion in rule_set.criteria)
            for case, rule_set in rules.rule_sets.items()
        },
        absent={case: citation.provision for case, citation in rules.absent.items()},
    )


def test_every_regulation_has_its_answers() -> None:
    """Beside each stored text there is a file of answers, and no other."""
    stored = {path.stem for path in REGULATIONS.glob("*.md")}
    assert {path.stem for path in AWARDS.glob("*.toml")} == stored


@pytest.mark.parametrize("award", awards())
def test_answers_hold_against_their_text(award: str) -> None:
    """Every topic is dealt with, every quote is the law's, every figure stands in a quote."""
    assert problems(load_answers(award), real(award)) == set()


# A made-up award without a mistake; each planted mistake below is then the one that is found.

SMALL = parse_regulation("small.md", REGULATION)
AGAINST = Against(
    topics=frozenset({"notice", "waiting", "fees"}),
    regulation=SMALL,
    criteria={
        ("organisation", "award"): frozenset({"waiting"}),
        ("organisation", "nomination"): frozenset({"waiting"}),
        ("individual", "award"): frozenset(),
    },
    absent={("individual", "nomination"): "art-1", ("organisation", "gold"): "art-1"},
)
NOTICE = Answer(
    "notice", "公示五个工作日以上，再报送办公室。", "不少于5个工作日", (SMALL.cite("art-1.p2"),)
)
WAITING = Answer(
    "waiting",
    "获奖后5年内不得再申报。",
    "5年内",
    (SMALL.cite("art-3", "获奖企业5年内不得申报。"),),
    criteria=("waiting",),
)
NOMINATION = replace(WAITING, track="organisation", tier="nomination")
NO_GOLD = Answer(
    "notice", "没有金奖。", "没有", (SMALL.cite("art-1", "不设提名奖和金奖"),), tier="gold"
)
RIGHT = Answers("small", (NOTICE, WAITING, NOMINATION, NO_GOLD), frozenset({"fees"}))


def _also(*more: Answer, silent: frozenset[str] = RIGHT.silent) -> Answers:
    return Answers("small", (NOTICE, WAITING, *more), silent)


def _instead(**changes: Any) -> Answers:  # noqa: ANN401 - any field of an answer
    return Answers("small", (NOTICE, replace(WAITING, **changes)), RIGHT.silent)


def _quoting(provision: str, quote: str, award: str = "small") -> Answers:
    citation = replace(WAITING.citations[0], provision=provision, quote=quote, award=award)
    return _instead(citations=(citation,), text="不得再申报。", cell="不得")


PLANTED = {
    "fees: neither answered nor silent": _also(silent=frozenset()),
    "waiting: answered and silent": _also(silent=frozenset({"fees", "waiting"})),
    "waiting: no general answer": Answers("small", (NOTICE, NOMINATION), RIGHT.silent),
    "notise: no such topic": _also(replace(NOTICE, topic="notise")),
    "fee: no such topic": _also(silent=frozenset({"fees", "fee"})),
    "waiting: answered twice": _also(WAITING),
    "waiting: text of 161 characters": _instead(text="不" * 161),
    "waiting: cell of 31 characters": _instead(cell="不" * 31),
    "waiting: empty text": _instead(text=""),
    "waiting: empty cell": _instead(cell=" "),
    "waiting: no citation": _instead(citations=(), text="不得再申报。", cell="不得"),
    "waiting: no provision small art-9": _quoting("art-9", "5年内不得申报"),
    "waiting: no provision big art-3": _quoting("art-3", "5年内不得申报", "big"),
    "waiting: art-3 does not say “5年不得申报”": _quoting("art-3", "5年不得申报"),
    "waiting: art-2.1 does not say “近3年内”": _quoting("art-2.1", "近3年内"),
    "waiting: art-3 does not say “”": _quoting("art-3", ""),
    "waiting: no quote has 4 years": _instead(text="获奖后4年内不得再申报。"),
    "waiting: no quote has 3 years": _instead(cell="三年内"),
    "notice: the award has no team None": _also(replace(NOTICE, track="team")),
    "notice: the award has no None silver": _also(replace(NOTICE, tier="silver")),
    "notice: the award has no None gold": _also(replace(NOTICE, tier="gold")),
    "notice: the award has no individual nomination": _also(
        replace(NOTICE, track="individual", tier="nomination")
    ),
    "notice: the award has no individual gold": _also(replace(NO_GOLD, track="individual")),
    "waiting: no criterion wait": _instead(criteria=("wait",)),
    "waiting: no criterion waiting": _also(replace(WAITING, track="individual")),
}


def test_answers_without_a_mistake_have_no_problem() -> None:
    """The made-up answers are right, so that nothing but what is planted is found."""
    assert problems(RIGHT, AGAINST) == set()


@pytest.mark.parametrize(("problem", "answers"), PLANTED.items(), ids=list(PLANTED))
def test_a_planted_mistake_is_found(problem: str, answers: Answers) -> None:
    """Each kind of mistake in a table of answers is named with its topic, and nothing else is."""
    assert problems(answers, AGAINST) == {problem}


WRONG = [
    # what is said, what the law says, the figure that is not in it
    ("3年内不得申报", "获奖企业5年内不得申报", (3, "years")),
    ("三年内不得申报", "获奖企业5年内不得申报", (3, "years")),
    ("每年一次", "每两年评选一次", (1, "years")),
    ("每两年一次", "每年评审一次", (2, "years")),
    ("公示5日", "不少于5个工作日的公示", (5, "days")),
    ("公示7个工作日", "公示时间不少于7天", (7, "workdays")),
    ("奖励5万元", "奖励人民币 50 万元", (50_000, "yuan")),
    ("50元", "50 万元/家", (50, "yuan")),
    ("二十万元", "30万元", (200_000, "yuan")),
    ("组织20万、个人3万元", "对组织奖励30万元，对个人3万元", (200_000, None)),
    ("4家组织", "有效期4年，总数不超过6个", (4, "things")),
    ("ISO 9002", "GB/T 19001（ISO 9001）", (9002, None)),
    ("占30%", "不超过百分之二十", (30, "percent")),
    ("二级以上", "三级及以上", (2, "levels")),
    ("最多2.5万元", "2万元，5年", (25_000, "yuan")),
]
SAID = [
    ("五年内", "5 年内"),
    ("每两年", "评选周期为 2 年"),
    ("每年一次", "每年评审一次"),
    ("一次性奖励50万元", "一次性奖励人民币 50 万元"),
    ("50万、3万元", "50万元，3 万元"),
    ("五十万元", "500,000元"),
    ("2家", "總數各不超過2個"),
    ("5个工作日", "不少於5個工作日"),
    ("七天", "7日"),
    ("第八条和第10条说的一个奖项", "获奖的"),
    ("２０２３年11月15日", "2023 年 11 月 15 日"),
    ("20%", "百分之二十"),
    ("2万元", "获提名奖的组织一次性奖励2万。"),
    ("2个完整年度", "近 2 年"),
    ("市、区两级", "市、区两级"),
]


@pytest.mark.parametrize(("said", "law", "figure"), WRONG)
def test_a_figure_that_no_quote_has_is_found(said: str, law: str, figure: Figure) -> None:
    """A wrong figure is found in the text as in the cell, whatever numerals and unit it has."""
    quote = (Citation("small", "art-3", 3, None, "第三条", law),)
    reason = f"no quote has {figure[0]:g} {figure[1] or ''}".rstrip()
    for answer in (
        Answer("waiting", said, "见条文", quote),
        Answer("waiting", "见条文。", said, quote),
    ):
        assert list(_of_figures(answer)) == [reason]


@pytest.mark.parametrize(("said", "law"), SAID)
def test_a_figure_may_be_written_otherwise(said: str, law: str) -> None:
    """Numerals, spaces, width, characters and measure words may differ from the quote's."""
    quote = (Citation("small", "art-3", 3, None, "第三条", law),)
    assert list(_of_figures(Answer("waiting", said, said, quote))) == []
