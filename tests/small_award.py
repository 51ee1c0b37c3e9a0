"""A made-up award, whole: a regulation of five articles and its award file, without a mistake."""

from pathlib import Path

from knowledge.parse import text_digest
from rules.check import check

TEXT = """\
第一条 质量奖每年评审一次，授予企业，不设提名奖和金奖。

申报企业先公示不少于5个工作日，再报送办公室。

第二条 申报质量奖的企业，应当符合下列条件：

（一）在小城登记，并且经营2年以上；

（二）近3年内无重大质量等事故；质量意识较强。

第三条 获奖企业5年内不得申报。再次获奖的，不发奖金。

第四条 骗取质量奖的，3年内不得申报。

第五条 有出口的企业未被退运，鼓励创新的企业申报。
"""

REGULATION = f"""\
+++
award = "small"
title = "小城质量奖管理办法"
issuer = "小城人民政府"
in_force_from = 2020-01-01
repeals = []
edition = "2020"
digest = "{text_digest(TEXT)}"
quotation = "What follows is quoted."
+++

{TEXT}"""

AWARD = """\
award = "small"
name = "小城质量奖"
area = "小城"
region = "小城"
names = ["小城"]
timezone = "Asia/Shanghai"
cycle = { provision = "art-1", quote = "质量奖每年评审一次", years = 1 }
conditions = [2, 3, 4, 5]

[tiers]
organisation = ["award"]

[tier_names]
award = "质量奖"

[[absent]]
cite = { provision = "art-1", quote = "授予企业，不设提名奖和金奖" }

[[unbound]]
cite = { provision = "art-2" }
reason = "引出各项条件"

[[unbound]]
cite = { provision = "art-3", quote = "再次获奖的，不发奖金。" }
reason = "再次获奖的待遇"

[[unbound]]
cite = { provision = "art-5", quote = "鼓励创新的企业申报" }
reason = "鼓励，不是条件"

[[criterion]]
id = "registered"
tracks = ["organisation"]
title = "在小城登记"
cite = { provision = "art-2.1", quote = "在小城登记" }
rule = { operator = "is_true", fact = "registered_in_area" }

[[criterion]]
id = "operating"
tracks = ["organisation"]
title = "经营2年以上"
cite = { provision = "art-2.1", quote = "经营2年以上" }
rule = { operator = "for_years", fact = "operating_since", years = 2 }

[[criterion]]
id = "accidents"
tracks = ["organisation"]
title = "近3年没有重大质量事故"
cite = { provision = "art-2.2", quote = "近3年内无重大质量等事故" }
rule = { operator = "no_records", within_years = 3, records = [
  { kinds = ["quality_accident"], from_severity = "major" },
  { kinds = ["drug_safety_accident"], from_severity = "major", left_to = "office" },
] }

[[criterion]]
id = "awareness"
tracks = ["organisation"]
title = "质量意识较强"
cite = { provision = "art-2.2", quote = "质量意识较强" }
rule = { operator = "declared" }
proof = "自我评价报告"
advice = "整理材料。"

[[criterion]]
id = "waiting"
tracks = ["organisation"]
title = "获奖满5年"
cite = { provision = "art-3", quote = "获奖企业5年内不得申报。" }
rule = { operator = "waiting_period", years = 5, counted = "within" }

[[criterion]]
id = "ban"
tracks = ["organisation"]
title = "没有骗取质量奖"
cite = { provision = "art-4" }
rule = { operator = "ban", years = 3, kinds = ["fraudulent_award"] }

[[criterion]]
id = "exports"
tracks = ["organisation"]
title = "没有被退运"
cite = { provision = "art-5", quote = "有出口的企业未被退运" }
rule = { operator = "no_records", records = [{ kinds = ["export_rejection"] }] }
only_if = [{ fact = "exporter", answer = true }]

[[note]]
id = "second"
tracks = ["organisation"]
text = "再次获奖不发奖金。"
cite = { provision = "art-3" }
when = { past_award = "award" }

[[step]]
id = "notice"
tracks = ["organisation"]
title = "公示5个工作日"
who = "企业"
cite = { provision = "art-1.p2", quote = "申报企业先公示不少于5个工作日" }
workdays = 5

[[step]]
id = "hand_in"
tracks = ["organisation"]
title = "报送材料"
who = "企业自己"
cite = { provision = "art-1.p2", quote = "再报送办公室" }

[[base]]
track = "organisation"
as_of = 2026-11-20

[base.facts]
registered_in_area = true
operating_since = "2015-06-01"
exporter = true
past_awards = []
sanctions = []
records = { quality_accident = [], drug_safety_accident = [], export_rejection = [] }

[[example]]
says = "什么都好"
track = "organisation"
criterion = ["registered", "operating", "accidents", "waiting", "ban", "exports"]
status = "met"
outcome = "eligible"

[[example]]
says = "什么都不知道"
track = "organisation"
drop = ["registered_in_area", "operating_since", "records", "past_awards", "sanctions"]
criterion = ["registered", "operating", "accidents", "waiting", "ban", "exports"]
status = "unknown"
needs = "answer"

[[example]]
says = "没有登记，被退运过"
track = "organisation"
change = { registered_in_area = false, records = { export_rejection = [{ date = "2020" }] } }
criterion = ["registered", "exports"]
status = "unmet"

[[example]]
says = "差一天"
track = "organisation"
change = { operating_since = "2024-11-21" }
criterion = "operating"
status = "unmet"
met_from = 2026-11-21

[[example]]
says = "出过重大事故"
track = "organisation"
change = { records = { quality_accident = [{ date = "2025-03-10", severity = "major" }] } }
criterion = "accidents"
status = "unmet"
met_from = 2028-03-11

[[example]]
says = "药品安全事故要问"
track = "organisation"
change = { records = { drug_safety_accident = [{ date = "2025-03-10", severity = "major" }] } }
criterion = "accidents"
status = "unknown"
needs = "office"

[[example]]
says = "由评审判断"
track = "organisation"
criterion = "awareness"
status = "to_be_judged"

[[example]]
says = "自己说意识不强"
track = "organisation"
change = { does_not_hold = ["awareness"] }
criterion = "awareness"
status = "unmet"

[[example]]
says = "三年前获过奖"
track = "organisation"
change = { past_awards = [{ jurisdiction = "small", tier = "award", date = "2023-11-20" }] }
criterion = "waiting"
status = "unmet"
met_from = 2028-11-21

[[example]]
says = "骗取过质量奖"
track = "organisation"
change.sanctions = [{ jurisdiction = "small", kind = "fraudulent_award", date = "2025-01-01" }]
criterion = "ban"
status = "unmet"
met_from = 2028-01-02

[[example]]
says = "不出口"
track = "organisation"
change = { exporter = false }
criterion = "exports"
status = "not_applicable"
"""


def write(root: Path, award: str = AWARD, regulation: str = REGULATION) -> tuple[Path, Path]:
    """Write the award file and the regulation; return their folders, as ``check`` takes them."""
    folder, regulations = root / "awards", root / "regulations"
    for place, name, text in (
        (folder, "small.toml", award),
        (regulations, "small.md", regulation),
    ):
        place.mkdir(exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return folder, regulations


def assert_told(root: Path, mistake: tuple[str, str, str, str]) -> None:
    """Assert that a mistake in the award file is told at its line, there alone.

    The mistake is what is changed, into what, what stands at its line then, and what is said of it.
    """
    old, new, words, reason = mistake
    assert AWARD.count(old) == 1
    damaged = AWARD.replace(old, new)
    problems = check(*write(root, damaged)).problems
    told = {(problem.file, problem.line) for problem in problems if reason in problem.reason}
    assert told == {("small.toml", line_of(damaged, words))}, "\n".join(map(str, problems))


def line_of(text: str, words: str) -> int:
    """The line on which ``words`` first stand."""
    return text[: text.index(words)].count("\n") + 1
