"""What somebody says has happened to them, as far as a question about it can be reckoned."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from conversations.scope import PAST_AWARDS, SANCTIONS
from rules.model import Event, Facts, Severity, Tier, Track
from rules.periods import Interval

_WON = re.compile(r"获|得了|得过|得的|得奖|拿|评上|中奖|的奖|奖的|\bw[io]n\b|\bgot\b|\breceived\b")
_AGAIN = re.compile(
    r"再|重新|又|还能|还可以|还要等|能报|可以报|能申报|可以申报|能不能报|几时|什么时候|啥时候|何时"
    r"|哪年|哪一年|哪天|要等|等到|受理|\bagain\b|\bwhen\b|\bnext\b"
)
_ASKS_WHEN = re.compile(
    r"什么时候|啥时候|几时|何时|哪年|哪一年|哪天|哪一天|多久|能|可以|行吗|行不行|够|满|吗|还差|符合"
    r"|\bwhen\b|\bcan\b|\bmay\b|\benough\b|\bdo\b|\bis\b"
)
_SEVERITIES = (
    (re.compile("特别重大|特大|extraordinary"), Severity.EXTRAORDINARY),
    (re.compile("重大|major"), Severity.MAJOR),
    (re.compile("较大|considerable|larger"), Severity.CONSIDERABLE),
    (re.compile("一般|轻微|小事故|ordinary|minor"), Severity.ORDINARY),
)
# What a record is of, the most telling word first.
_RECORDS = (
    (re.compile("食品|food"), "food_safety_accident"),
    (re.compile("药品|drug"), "drug_safety_accident"),
    (re.compile("公共卫生|public health"), "public_health_accident"),
    (re.compile("污染|环境|环保|pollution|environment"), "pollution_accident"),
    (re.compile("投诉|complaint"), "quality_complaint"),
    (re.compile("索赔|退货|质量异议|quality claim"), "quality_claim"),
    (re.compile("抽查|抽检|[国省市]抽|监督检查|不合格|inspection|spot check"), "failed_inspection"),
    (re.compile("欠薪|劳动保障|labou?r"), "labour_dishonesty"),
    (re.compile("纳税|偷税|欠税|税务|\\btax\\b"), "tax_dishonesty"),
    (re.compile("金融失信|贷款逾期|financial"), "financial_dishonesty"),
    (re.compile("严重失信|serious dishonesty"), "serious_dishonesty"),
    (re.compile("退运|销毁|官方通报|export"), "export_rejection"),
    (re.compile("质量事故|quality accident"), "quality_accident"),
    (re.compile("安全|亡人|死亡|死了|工伤|safety|fatal|death"), "safety_accident"),
)
# Records for which it does not matter how grave they were.
_UNGRADED = frozenset({
    "quality_claim", "serious_dishonesty", "export_rejection", "failed_inspection",
})  # fmt: skip
_DEATHS = re.compile("亡人|死亡|死了|死一|fatal|death|died|killed")
_LEVELS = (
    (re.compile("国家|国抽|国检|national"), "national"),
    (re.compile("省|provincial"), "provincial"),
    (re.compile("市|municipal"), "municipal"),
    (re.compile("行业|industry"), "industry"),
    (re.compile("县|区|county"), "county"),
)
_TAKEN_AWAY = re.compile("取消|撤销|收回|追回|追缴|revok|withdraw")
_LOSS = re.compile(r"亏|赔钱|赔了|赔本|\bloss\b|\blost\b")
# What began, the most telling word first: since when is a day that was said.
_BEGINNINGS = (
    (re.compile("质量工作|做质量|干质量|搞质量|从事质量|质量岗|质检|品控|品管|in quality"),
     "person_years", ("quality_work_since", "quality_work_in_area_since")),
    (re.compile("卓越绩效|绩效模式|excellence"), "excellence", ("excellence_model_since",)),
    (re.compile(r"iso|9001|19001|认证|体系证|证书|certif"), "qms", ("qms_certified_since",)),
    (re.compile("成立|开业|注册|投产|创办|营业|经营|生产|登记|满|found|regist|start|years old"),
     "operating_years", ("operating_since",)),
)  # fmt: skip
_SANCTIONS = (
    (re.compile("骗取|骗奖|骗来|不正当手段|欺骗|贿|deception|fraud"),
     "fraudulent_award", "fraud"),
    (re.compile("虚假材料|假材料|造假|弄虚作假|隐瞒|false material|false statement"),
     "false_materials", "false_materials"),
    (re.compile("撤销|取消(?:了)?(?:称号|荣誉|奖励)|收回奖牌|revoked"),
     "post_award_incident", "revocation"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: ``event`` (an award won, a sanction), or facts of a kind.

    ``keys`` are the facts' names; the criteria that weigh them are those asked about. ``assumed``
    are the facts with what has to be taken for granted to reckon at all.
    """

    topic: str
    event: str | None = None
    when: Interval | None = None
    facts: Facts = field(default_factory=Facts)
    keys: frozenset[str] = frozenset()
    track: Track | None = None
    assumed: Facts | None = None


def happening(rest: str, tier: Tier | None, when: Interval, today: date) -> Happening | None:
    """What a folded question says has happened on a day, if it asks what follows from it."""
    known = when.until(today)
    if known is None or (_TAKEN_AWAY.search(rest) and not _AGAIN.search(rest)):
        return None
    makers: tuple[Callable[[], Happening | None], ...] = (
        lambda: _sanctioned(rest, known),
        lambda: _won(rest, tier, known),
        lambda: _recorded(rest, known),
        lambda: _lost(rest, known, today),
        lambda: _begun(rest, known),
    )
    return next((made for make in makers if (made := make()) is not None), None)


def _sanctioned(rest: str, when: Interval) -> Happening | None:
    if not _AGAIN.search(rest):
        return None
    for pattern, kind, topic in _SANCTIONS:
        if pattern.search(rest):
            return Happening(topic, f"{SANCTIONS}.{kind}", when)
    return None


def _won(rest: str, tier: Tier | None, when: Interval) -> Happening | None:
    others = [pattern for pattern, *_ in (*_BEGINNINGS[:-1], *_RECORDS)]
    if not (_WON.search(rest) and _AGAIN.search(rest)) or any(one.search(rest) for one in others):
        return None
    return Happening("waiting", f"{PAST_AWARDS}.{(tier or Tier.AWARD).value}", when)


def _begun(rest: str, when: Interval) -> Happening | None:
    if not _ASKS_WHEN.search(rest):
        return None
    for pattern, topic, keys in _BEGINNINGS:
        if pattern.search(rest):
            person = topic == "person_years"
            return Happening(
                topic,
                when=when,
                facts=Facts(since=dict.fromkeys(keys, when)),
                keys=frozenset(keys),
                track=Track.INDIVIDUAL if person else Track.ORGANISATION,
            )
    return None


def _lost(rest: str, when: Interval, today: date) -> Happening | None:
    if when.first.year != when.last.year or not _LOSS.search(rest) or when.last.year >= today.year:
        return None
    said = {when.first.year: "policy_loss" if "政策性" in rest else "loss"}
    others = dict.fromkeys(range(when.first.year - 3, today.year), "profit")
    return Happening(
        "profit", when=when, facts=Facts(annual_results=said), keys=frozenset({"annual_results"}),
        track=Track.ORGANISATION, assumed=Facts(annual_results={**others, **said}),
    )  # fmt: skip


def _recorded(rest: str, when: Interval) -> Happening | None:
    """A record, if all that its weight hangs on was said."""
    kind = next((kind for pattern, kind in _RECORDS if pattern.search(rest)), None)
    if kind is None or not _ASKS_WHEN.search(rest) or "证" in rest:
        return None
    severity = next((level for pattern, level in _SEVERITIES if pattern.search(rest)), None)
    deaths = 1 if _DEATHS.search(rest) else None
    level = None
    if kind == "failed_inspection":
        level = next((level for pattern, level in _LEVELS if pattern.search(rest)), None)
        if level is None:
            return None
    elif kind not in _UNGRADED and severity is None and deaths is None:
        return None
    event = Event(kind, when, severity=severity, deaths=deaths, level=level)
    return Happening(
        "accidents" if kind.endswith("accident") else "violations",
        when=when,
        facts=Facts(records={kind: (event,)}),
        keys=frozenset({f"records.{kind}"}),
    )
