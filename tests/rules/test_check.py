"""What ``award-bot rules check`` finds in award files, and where."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_award import AWARD, REGULATION, TEXT, line_of, write

from knowledge.parse import parse_regulation, text_digest
from rules.award import Award
from rules.check import check
from rules.coverage import coverage, reach
from rules.load import load_awards, read_spec
from rules.spec import Cite, Unbound


def test_a_file_without_a_mistake_has_no_problem(tmp_path: Path) -> None:
    """The made-up award is right, so that each mistake below is the one that is found."""
    assert check(*write(tmp_path), lambda _: True).problems == ()


# A piece of the award file that is taken out, and the clauses of the text that are then open.
UNCOVERED = {
    "a condition": ("operating", "第二条第（一）项", "并且经营2年以上"),
    "the other half of an item": ("registered", "第二条第（一）项", "在小城登记"),
    "a matter of judgement": ("awareness", "第二条第（二）项", "质量意识较强"),
    "a waiting period": ("waiting", "第三条", "获奖企业5年内不得申报"),
    "a condition beside an encouragement": ("exports", "第五条", "有出口的企业未被退运"),
}


@pytest.mark.parametrize(("criterion", "label", "clause"), UNCOVERED.values(), ids=list(UNCOVERED))
def test_a_clause_that_nothing_covers_is_told(
    tmp_path: Path, criterion: str, label: str, clause: str
) -> None:
    """A clause of the articles on conditions that no criterion quotes is told at its line."""
    start = AWARD.index(f'[[criterion]]\nid = "{criterion}"')
    end = AWARD.index("[[", start + 2)
    found = check(*write(tmp_path, AWARD[:start] + AWARD[end:]))
    open_clauses = [problem for problem in found.problems if problem.file == "small.md"]
    assert [problem.line for problem in open_clauses] == [line_of(REGULATION, clause)]
    assert open_clauses[0].reason.startswith(f"{label}“{clause}”没有条件引用")
    (covered,) = found.coverages
    assert [one.open for one in covered.provisions if one.open] == [(clause,)]


def test_what_binds_nobody_needs_its_reason(tmp_path: Path) -> None:
    """A clause marked as binding nobody is open again once the mark is taken away."""
    marked = AWARD.index('[[unbound]]\ncite = { provision = "art-5"')
    damaged = AWARD[:marked] + AWARD[AWARD.index("[[criterion]]") :]
    (problem,) = check(*write(tmp_path, damaged)).problems
    assert (problem.file, problem.line) == ("small.md", line_of(REGULATION, "鼓励创新"))
    assert "“鼓励创新的企业申报”" in problem.reason


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("每年", 1),
        ("每 1 年", 1),
        ("每两年", 2),
        ("每 2 年", 2),
        ("以三年为周期", 3),
        ("每十二年", 12),
    ],
)
def test_a_cycle_may_be_written_in_figures_or_characters(
    tmp_path: Path, written: str, years: int
) -> None:
    """两年 is as good as 2 年, and a space between changes nothing."""
    regulation = REGULATION.replace("质量奖每年评审", f"质量奖{written}评审")
    award = AWARD.replace("质量奖每年评审", f"质量奖{written}评审")
    problems = check(
        *write(tmp_path, award.replace("years = 1 }", f"years = {years} }}"), regulation)
    )
    assert not [problem for problem in problems.problems if "cycle" in problem.reason]


def test_a_clause_quoted_in_part_is_open(tmp_path: Path) -> None:
    """A quote that leaves out a word of substance does not cover its clause."""
    damaged = AWARD.replace('quote = "质量意识较强"', 'quote = "意识较强"')
    (problem,) = check(*write(tmp_path, damaged)).problems
    assert "“质量意识较强”没有条件引用" in problem.reason


def test_all_problems_are_told_in_one_run(tmp_path: Path) -> None:
    """Mistakes in different places and files are told together."""
    damaged = AWARD.replace("经营2年以上", "经营9年以上").replace("2026-11-21", "2026-11-23")
    folder, regulations = write(tmp_path, damaged.replace('proof = "自我评价报告"', ""))
    (folder / "other.toml").write_text("award = ", encoding="utf-8")
    (folder / "bad.toml").write_bytes("award = “钦州”".encode("gbk"))
    (regulations / "lone.md").write_text(
        REGULATION.replace('award = "small"', 'award = "lone"'), encoding="utf-8"
    )
    told = [(problem.file, problem.reason) for problem in check(folder, regulations).problems]
    for file, reason in [
        ("small.toml", "里没有这句话：“经营9年以上”"),
        ("small.md", "“并且经营2年以上”没有条件引用"),
        ("small.toml", "awareness：没有证明材料"),
        ("other.toml", "缺少 other.md"),
        ("other.toml", "TOML 写法不对"),
        ("bad.toml", "不是 UTF-8"),
        ("lone.md", "缺少 lone.toml"),
    ]:
        assert any(file == where and reason in words for where, words in told), reason


def test_every_mistake_of_form_is_told(tmp_path: Path) -> None:
    """A file of the wrong form is told all that is wrong with its form, not the first only."""
    damaged = AWARD.replace("years = 2", "years = 0").replace('region = "小城"', "")
    problems = check(*write(tmp_path, damaged)).problems
    assert [(problem.line, problem.reason.partition("：")[0]) for problem in problems] == [
        (None, "region"),
        (line_of(damaged, 'rule = { operator = "for_years"'), "criterion.rule.for_years.years"),
    ]


def test_a_text_that_was_changed_is_told(tmp_path: Path) -> None:
    """A regulation whose text no longer fits its digest is told at the digest."""
    damaged = REGULATION.replace("经营2年以上", "经营3年以上")
    (problem,) = check(*write(tmp_path, AWARD, damaged)).problems
    assert (problem.file, problem.line) == ("small.md", line_of(damaged, "digest ="))
    assert "改动过" in problem.reason


def test_a_missing_file_is_told_either_way(tmp_path: Path) -> None:
    """A regulation without its award file, and an award file without its regulation, are told."""
    folder, regulations = write(tmp_path)
    (folder / "small.toml").rename(folder / "large.toml")
    told = [(problem.file, problem.reason) for problem in check(folder, regulations).problems]
    assert told == [
        ("large.toml", "没有它的办法文本：缺少 large.md"),
        ("small.md", "办法没有写成规则：缺少 small.toml"),
    ]


def test_a_text_without_translation_is_told_at_its_line(tmp_path: Path) -> None:
    """What people read and has no English is told, wherever in the file it stands."""
    folder, regulations = write(tmp_path)
    spoken = ("小城质量奖", "质量奖", "自我评价报告", "再次获奖不发奖金。", "生产经营没有中断")
    problems = check(folder, regulations, lambda text: text not in spoken).problems
    facts = (Path(__file__).parents[2] / "rules" / "facts.toml").read_text(encoding="utf-8")
    assert {(problem.file, problem.line) for problem in problems} == {
        ("facts.toml", line_of(facts, 'title = "生产经营没有中断"')),
        ("small.toml", line_of(AWARD, 'name = "小城质量奖"')),
        ("small.toml", line_of(AWARD, 'award = "质量奖"')),
        ("small.toml", line_of(AWARD, 'proof = "自我评价报告"')),
        ("small.toml", line_of(AWARD, 'text = "再次获奖不发奖金。"')),
    }


def test_what_nobody_is_shown_needs_no_translation(tmp_path: Path) -> None:
    """Quotations, reasons and examples are for the author: they are not translated."""
    problems = check(*write(tmp_path), lambda _: False).problems
    told = {problem.reason for problem in problems if problem.file == "small.toml"}
    assert "没有英文译文：“质量意识较强”" in told
    for text in ("引出各项条件", "差一天", "授予企业，不设提名奖和金奖"):
        assert not any(text in reason for reason in told)


def test_the_five_awards_have_no_problem() -> None:
    """Every clause of the five texts is covered, every citation resolves, every example holds."""
    checked = check(translated=lambda _: True)
    assert checked.problems == ()
    assert {one.spec.award for one in checked.coverages} == {one.id for one in load_awards()}
    assert not any(one.open for covered in checked.coverages for one in covered.provisions)


@pytest.mark.parametrize("award", load_awards(), ids=lambda award: award.id)
def test_a_citation_covers_just_the_words_it_quotes(award: Award) -> None:
    """What a citation covers, read together, is the quote, or the whole provision without one."""
    cites = [criterion.cite for criterion in award.spec.criterion]
    for cite in cites + [piece.cite for piece in award.spec.unbound]:
        covered = reach(award.regulation, cite)
        text = "".join(
            provision.text[place]
            for provision in award.regulation.provisions
            for place in sorted(covered.get(provision.id, ()))
        )
        whole = award.regulation.provision(cite.provision).text.strip()
        assert text == (cite.quote or whole)


@given(
    numbers=st.lists(st.integers(1, 99), min_size=1, max_size=8, unique=True),
    quoted=st.sets(st.integers(0, 7)),
    marks=st.lists(st.sampled_from("，；。：！"), min_size=8, max_size=8),
)
def test_just_the_clauses_without_a_quote_are_open(
    numbers: list[int], quoted: set[int], marks: list[str]
) -> None:
    """Whichever clauses are quoted, the others are open, and no more."""
    clauses = [f"有第{number}号证书" for number in numbers]
    text = "第一条 " + "".join(c + m for c, m in zip(clauses, marks, strict=False))
    whole = REGULATION.replace(TEXT, text).replace(text_digest(TEXT), text_digest(text))
    regulation = parse_regulation("small.md", whole)
    spec = read_spec(AWARD, "small.toml").model_copy(
        update={
            "criterion": (),
            "unbound": tuple(
                Unbound(cite=Cite(provision="art-1", quote=clause), reason="例")
                for place, clause in enumerate(clauses)
                if place in quoted
            ),
        }
    )
    (covered,) = coverage(spec, regulation, [1])
    assert covered.open == tuple(c for place, c in enumerate(clauses) if place not in quoted)
