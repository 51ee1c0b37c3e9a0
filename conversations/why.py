"""Why a question is asked: what is meant, and the articles that hang on it."""

from conversations.agenda import JUDGEMENT, SETUP
from conversations.asking import group_of
from conversations.model import Reply
from conversations.scope import group_kinds, kind_key
from conversations.view import View, title
from rules.award import Criterion
from rules.catalog import catalog
from rules.messages import message

SETUP_REASONS = {
    "award": message("各地的办法不一样，要先知道对照哪一个。"),
    "track": message("组织和个人的条件不一样。"),
    "tier": message("获过奖之后的间隔，要看报的是哪一个奖。"),
    "day": message("年限和期限都要算到申报那一天。"),
    "mode": message("快速结论只问到能下结论为止；逐条过一遍会列出所有差距。"),
}
# Decree 493 of the State Council (2007), article 3: what the four grades of a work-safety
# accident mean. Other kinds of accident are graded by their own rules.
GRADES = message(
    "安全生产事故的等级（国务院令第493号《生产安全事故报告和调查处理条例》第三条）：\n"
    "· 一般：死亡3人以下，或重伤（包括急性工业中毒，下同）10人以下，或直接经济损失1000万元以下；\n"
    "· 较大：死亡3人以上10人以下，或重伤10人以上50人以下，或损失1000万元以上5000万元以下；\n"
    "· 重大：死亡10人以上30人以下，或重伤50人以上100人以下，或损失5000万元以上1亿元以下；\n"
    "· 特别重大：死亡30人以上，或重伤100人以上，或损失1亿元以上。\n"
    "（“以上”含本数，“以下”不含。）其他事故和投诉按各自的规定定级，以主管部门的认定为准。"
)


def why(seen: View, question: str) -> Reply:
    """Why ``question`` is asked."""
    say = seen.words.say
    if question in SETUP_REASONS:
        return Reply(say(SETUP_REASONS[question]))
    if question in SETUP or seen.agenda.applicant is None:
        return Reply(say("为了对照办法。"))
    bound = _criteria(seen, question)
    lines = [say("问“{what}”，是因为：", what=title(seen, question))]
    lines += [
        say("· {title}（{label}）", title=seen.local(c.title), label=c.citation.label)
        for c in bound
    ]
    if not bound:
        lines.append(say("· 有的条件只适用于一部分申报者，要先知道您的情况。"))
    meant = _help(seen, question)
    if meant:
        lines += ["", meant]
    citations = tuple(dict.fromkeys(criterion.citation for criterion in bound))
    return Reply("\n".join(lines), citations=citations)


def _criteria(seen: View, question: str) -> list[Criterion]:
    criteria = seen.applicant.rules.criteria
    if question == JUDGEMENT:
        return [criterion for criterion in criteria if criterion.judged]
    key = question.partition("#")[0]
    if key in group_kinds():
        fact, kinds = group_kinds()[key]
        wanted = {fact, *(kind_key(fact, kind) for kind in kinds)}
    else:
        wanted = {key, key.partition(".")[0]}
        wanted -= {"records"} if "." in key else set()
    return [criterion for criterion in criteria if wanted & set(criterion.facts)]


def _help(seen: View, question: str) -> str:
    key, _, attribute = question.partition("#")
    if attribute.endswith((".severity", ".deaths")):
        return seen.words.say(GRADES)
    if question == JUDGEMENT:
        return seen.words.say("您说明显不符合的，会算作差距；其余的留给评审判断。")
    if key in group_kinds():
        about, group = group_of(key)
        said = seen.local(group.help if group else about.help)
        return f"{said}\n{seen.words.say(GRADES)}" if key == "accidents" else said
    spec = catalog().facts.get(key.partition(".")[0])
    return seen.local(spec.help) if spec is not None else ""
