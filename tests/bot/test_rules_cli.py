"""What an author of award files is shown: ``award-bot rules check`` and ``rules show``."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from small_award import AWARD, write

from bot.rules_cli import check, show
from rules.award import Award
from rules.check import check as check_files
from rules.load import load_awards

AWARDS = load_awards()
ARTICLES = [
    pytest.param(award, number, id=f"{award.id}-{number}")
    for award in AWARDS
    for number in sorted({provision.article for provision in award.regulation.provisions})
]


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """A folder with English for all that the made-up award and the facts say."""
    texts: set[str] = set()

    def hear(text: str) -> bool:
        texts.add(text)
        return True

    check_files(*write(tmp_path), hear)
    catalog = Catalog(locale="en")
    for text in texts:
        catalog.add(text, "English")
    folder = tmp_path / "locales" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "award_bot.mo").open("wb") as file:
        write_mo(file, catalog)
    return tmp_path / "locales"


def test_a_good_file_is_covered_and_passes(
    tmp_path: Path, locales: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a problem the exit status is 0, and each provision is shown with what covers it."""
    assert check(*write(tmp_path), locales) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.split() for line in shown if line.startswith("  第")] == [
        ["第二条", "不约束：引出各项条件"],
        ["第二条第（一）项", "registered、operating"],
        ["第二条第（二）项", "accidents、awareness"],
        ["第三条", "waiting；不约束：再次获奖的待遇"],
        ["第四条", "ban"],
        ["第五条", "exports；不约束：鼓励，不是条件"],
    ]
    assert ["small", "6", "7", "1", "0", "11", "0"] in [line.split() for line in shown]
    assert shown[-1] == "没有发现问题"


def test_a_problem_fails_the_check(
    tmp_path: Path, locales: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a problem the exit status is 1; the open clause stands in the table and in the list."""
    damaged = AWARD.replace('quote = "有出口的企业未被退运"', 'quote = "鼓励创新的企业申报"')
    assert check(*write(tmp_path, damaged), locales) == 1
    shown = capsys.readouterr().out.splitlines()
    assert any("！没有覆盖：“有出口的企业未被退运”" in line for line in shown)
    assert shown[-1] == "发现 1 个问题"
    assert shown[-2].startswith("small.md:")


def test_without_a_catalog_the_check_fails_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A catalog that has not been made is one problem, not one for every text."""
    assert check(*write(tmp_path), tmp_path) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "发现 1 个问题"


@pytest.mark.parametrize(("award", "article"), ARTICLES)
def test_an_article_is_shown_in_its_words(
    award: Award, article: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every article of every award can be shown, each paragraph on a line of its own."""
    assert show(award.id, str(article)) == 0
    shown = capsys.readouterr().out.splitlines()
    texts = [provision.text.strip() for provision in award.regulation.article(article)]
    assert [line for line in shown if not line.startswith("    ")] == texts


@pytest.mark.parametrize("award", AWARDS, ids=lambda award: award.id)
def test_all_that_is_encoded_is_shown(award: Award, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole text names every condition, reading, note, and piece that binds nobody."""
    assert show(award.id) == 0
    shown = capsys.readouterr().out
    spec = award.spec
    expected = [
        award.regulation.title,
        *(chapter.heading for chapter in award.regulation.chapters),
        *(f"→ {criterion.id}〔" for criterion in spec.criterion),
        *(f"读法：{criterion.reading}" for criterion in spec.criterion if criterion.reading),
        *(f"→ 不约束：{piece.reason}" for piece in spec.unbound),
        *(f"→ 提示 {note.id}：{note.text}" for note in spec.note if note.cite),
        "→ 评选周期",
        "→ 没有的类别或奖项：",
    ]
    assert [words for words in expected if words not in shown] == []


@pytest.mark.parametrize(
    ("award", "article", "words"),
    [
        ("qingshanhu", "10.1", "operating_3_years〔组织〕满 3 年：operating_since　“从事合法"),
        ("qingshanhu", "10.1", "legal_person〔组织〕回答“是”：legal_person　“具有法人资格”"),
        ("qingshanhu", "10.4", "仅限 nonprofit 为“否”：近 2 个完整年度每年都是盈利"),
        ("qingshanhu", "10.5", "是绿色：supervision_colour"),
        ("qingshanhu", "10.5", "近 3 年没有：劳动保障失信（较大及以上）"),
        ("qingshanhu", "10.5", "质量监督抽查不合格（国家级、省级、市级）"),
        ("qingshanhu", "10.5", "药品安全事故（较大及以上，由评审办公室认定）"),
        ("qingshanhu", "23", "〔组织、个人〕获奖的下一年起满 10 个整年，此后的1月1日起可以再报"),
        ("lianyungang", "8.2", "qms_certified〔组织〕已经有：qms_certified_since"),
        ("lianyungang", "8.3", "invention_patents〔组织〕不少于 1：invention_patents"),
        ("lianyungang", "8.6", "仅限 exporter 为“是”：不论多久以前，都没有：出口退运"),
        ("lianyungang", "16", "获奖后 5 年内不得申报，满 5 年的当天仍在内：past_awards（award）"),
        ("changning", "18", "past_awards（只看申报的同一奖项）"),
        ("changning", "18", "同一年里没有：applied_same_year_municipal"),
        ("jian", "10.6", "是一级或二级或三级：safety_standardisation_level"),
        ("jian", "10.6", "生产安全事故（较大及以上，没有人死亡，由评审办公室认定）"),
        ("jian", "22", "骗取奖项被撤销，10 年内不得申报，满 10 年的当天仍在内：sanctions"),
        ("qinzhou", "13.3", "quality_system_works〔组织〕由评审判断"),
        ("qinzhou", "13.6", "质量投诉（不到重大，由评审判断）"),
        ("qinzhou", "13.8", "获奖满 5 年的当天起可以再报"),
    ],
)
def test_an_operator_is_told_in_words(
    award: str, article: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A lawyer reads what a condition asks, of which fact, with the words it rests on."""
    assert show(award, article) == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    "forms",
    [
        ("10", "第十条", "十", "art-10", " 10 "),
        ("10.3", "10(3)", "10（3）", "第十条第（三）项", "第10条第3项", "art-10.3"),
    ],
    ids=["article", "item"],
)
def test_an_article_can_be_named_in_its_usual_forms(
    forms: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Figures and Chinese numerals name the same article or item."""
    shown = set()
    for form in forms:
        assert show("jian", form) == 0
        shown.add(capsys.readouterr().out)
    assert len(shown) == 1


def test_an_award_can_be_named_as_people_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The id, the area and the usual name are the same award."""
    shown = set()
    for name in ("qingshanhu", "青山湖", "青山湖区", "青山湖区区长质量奖"):
        assert show(name, "1") == 0
        shown.add(capsys.readouterr().out)
    assert len(shown) == 1


@pytest.mark.parametrize(
    ("award", "article", "offered"),
    [
        ("nanchang", None, "qingshanhu（青山湖区区长质量奖）"),
        ("jian", "27", "有第一条至第二十六条"),
        ("jian", "0", "有第一条至第二十六条"),
        ("jian", "条件", "有第一条至第二十六条"),
        ("jian", "10.8", "第十条有第（一）项至第（七）项"),
        ("jian", "5.1", "第五条不分项"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(
    award: str, article: str | None, offered: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown award or article is told in one line that names what there is; exit status 2."""
    assert show(award, article) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert offered in shown.err
