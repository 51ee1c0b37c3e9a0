"""What somebody says has happened to them, as far as a question about it can be reckoned."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from conversations.scope import PAST_AWARDS, SANCTIONS
from conversations.stated import Said, Stated
from rules.model import Event, Facts, Severity, Tier, Track
from rules.periods import Interval

_WON = re.compile(r"获|得了|得过|得的|得奖|拿|评上|中奖|的奖|奖的|\bw[io]n\b|\bgot\b|\breceived\b")
_AGAIN = re.compile(
    r"再|重新|又|还能|还可以|还要等|能报|可以报|能申报|可以申报|能不能报|几时|什么时候|啥时候|何时"
    r"|哪年|哪一年|哪天|要等|等到|受理|\bagain\b|\bwhen\b|\bnext\b"
)
# How much of a wait has been served: “满5年了吗”.
_SERVED = re.compile(r"满|够|过了\d|\benough\b")
_NOT_WON = re.compile(
    r"(?:没有?|未|从没|从未|不曾)(?:能|有|再|曾)*(?:评上|拿|获|得|中奖)(?:[^,?]{0,6}奖)?"
    r"|\b(?:never|not|didn't|haven't|hasn't) (?:yet )?(?:w[io]n|got|get|received?)\b"
)
# What else can be got or taken, and what becomes of a prize: nothing to wait after.
_NO_AWARD = re.compile(
    "执照|许可|资质|专利|商标|高新|职称|学位|认定|科技|进步奖|创新奖|劳模|劳动奖|鲁班|工匠|名牌|驰名"
)
_ABOUT_PRIZE = re.compile("奖金|奖牌|奖状|奖杯|颁奖|领奖|发放|到账|补办|补发|宣传|称号")
_APPLIES = re.compile(
    r"再|重新|又|等|受理|(?:能|可以?|时候|何时|几时|哪[年天]|一年|才)(?:可以?|能|够|才|就|还|继续|不)*(?:报|申|参评)"
    r"|\bagain\b|\bapply\b"
)
_ASKS_WHEN = re.compile(
    r"什么时候|啥时候|几时|何时|哪年|哪一年|哪天|哪一天|多久|能|可以|行吗|行不行|够|满|吗|还差|符合"
    r"|\bwhen\b|\bcan\b|\bmay\b|\benough\b|\bdo\b|\bis\b"
)
_SEVERITIES = (
    (re.compile("特别重大|特大|extraordinary"), Severity.EXTRAORDINARY),
    (re.compile("(?<!非)(?<!不是)(?<!不算)重大|major"), Severity.MAJOR),
    (re.compile("较大|considerable|larger"), Severity.CONSIDERABLE),
    # “一般什么时候能报” says nothing of how grave it was.
    (
        re.compile(
            "一般(?=[的性级]|[^,?]{0,4}(?:事故|投诉|失信|安全|质量|污染))|(?:属于?|是)一般"
            "|轻微|小事故|ordinary|minor"
        ),
        Severity.ORDINARY,
    ),
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
    (re.compile("行政处罚|违法|被罚|[受被]处罚|fined|penal"), "other_violation"),
)
# Records for which it does not matter how grave they were.
_UNGRADED = frozenset({
    "quality_claim", "serious_dishonesty", "export_rejection", "failed_inspection",
    "other_violation",
})  # fmt: skip
_DEATHS = re.compile("亡人|死亡|死了|死一|fatal|death|died|killed")
_NO_DEATHS = re.compile(
    r"没有?(?:人员?|造成|发生|出现)?[^,?]{0,4}(?:死|亡)|无人员?(?:死|伤?亡)|未(?:造成|致)?[^,?]{0,4}(?:死|亡)"
    r"|\b(?:no|without) (?:\w+ )?(?:deaths?|one died)\b|\bnobody (?:died|was killed)\b|non-fatal"
)
# A record that there is not, or for which somebody else answers.
_NO_RECORD = re.compile(
    r"(?:没有?(?!人|造成)|未|从未|无)(?:再|发生|出现?|受到?|有|被|过)*[^,?]{0,8}?"
    r"(?:事故|投诉|不合格|失信|欠薪|索赔|退货|处罚|违法)"
    r"|不是[^,?]{0,6}的?(?:责任|原因|问题)|非(?:我方|自身|本单位)|没有责任|无关"
    r"|\b(?:no|never had|without) (?:\w+ ){0,3}(?:accident|complaint|claim|inspection)"
)
_LEVELS = (
    (re.compile("国家|国抽|国检|national"), "national"),
    (re.compile("省|provincial"), "provincial"),
    (re.compile("(?<!超)市(?!场)|municipal"), "municipal"),
    (re.compile("行业|industry"), "industry"),
    (re.compile("县|区|county"), "county"),
)
_TAKEN_AWAY = re.compile("取消|撤销|收回|追回|追缴|revok|withdraw")
_NO_LOSS = re.compile(
    r"(?:没有?|未|不|无)(?:再|发生|出现|有|过)*亏|[扭减止]亏"
    r"|\b(?:no|not|without|never)\b(?: \w+){0,3} loss"
)
_ALL_OF_THEM = re.compile("都|均|连续")
_LOSS = re.compile(r"亏|赔钱|赔了|赔本|\bloss\b|\blost\b")
# What began, the most telling word first: since when is a day that was said.
_BEGINNINGS = (
    (re.compile("质量工作|[做干搞]了?[^,?]{0,5}质量|从事质量|质量岗|质检(?!不|报告)|品控|品管"
                "|in quality"),
     "person_years", ("quality_work_since", "quality_work_in_area_since")),
    (re.compile("卓越绩效|绩效模式|excellence"), "excellence", ("excellence_model_since",)),
    (re.compile("iso|9001|19001|认证|体系(?:证|运行)|证书|certif"),
     "qms", ("qms_certified_since",)),
    (re.compile(
        r"成立(?!了?[^,?]{0,6}(?:部|小组|委员会|科室))|开业|注册|投产|创办|登记|满(?!足|意)"
        r"|(?:开始|正式|起|才|刚|合法|正常|连续)(?:生产|经营|营业|运营)"
        r"|(?:生产|经营|营业|运营)(?:了|至今|不到|不足|\d|[一两二三四五六七八九十])"
        r"|found|regist|\bstarted\b|operat|years old"
    ), "operating_years", ("operating_since",)),
)  # fmt: skip
# What is said of a certificate, a company or a model on a day on which it did not begin.
_NOT_BEGUN = re.compile(
    "到期|过期|失效|撤销|注销|暂停|中断|停产|停业|停止|换|复评|续证|更名|改名|名称|变更|搬|迁|扩建|改制|合并|重组"
    "|商标|专利|培训|讲座|学习|expire|renew|suspend|withdrawn|renamed|moved"
)
_BROKEN_OFF = re.compile("中断|停产|停业|停止|改制|合并|重组|interrupt")
_SANCTIONS = (
    (re.compile("骗取|骗奖|骗来|不正当手段|欺骗|贿|deception|fraud"),
     "fraudulent_award", "fraud"),
    (re.compile("虚假材料|假材料|造假|弄虚作假|隐瞒|false material|false statement"),
     "false_materials", "false_materials"),
    (re.compile("撤销|取消(?:了)?(?:称号|荣誉|奖励)|收回奖牌|revoked"),
     "post_award_incident", "revocation"),
)  # fmt: skip
_OF_CERTIFICATE = re.compile("iso|9001|认证|体系|商标|执照|许可|资质")
_WON_THEN = re.compile("(?:[^,?]{0,2})(?:获|得|拿|评上)")


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


def happening(
    rest: str, tier: Tier | None, days: tuple[Stated, ...], today: date
) -> Happening | None:
    """What a folded question says has happened on a day, if it asks what follows from it.

    Of several days it is the one that stands nearest to what happened.
    """
    known = tuple(
        replace(day, when=until) for day in days if (until := day.when.until(today)) is not None
    )
    if not known or (_TAKEN_AWAY.search(rest) and not _AGAIN.search(rest)):
        return None
    said = Said(rest, known)
    if _TAKEN_AWAY.search(rest) and _won_on(said, _TAKEN_AWAY):
        return None
    makers: tuple[Callable[[], Happening | None], ...] = (
        lambda: _sanctioned(said),
        lambda: _won(said, tier),
        lambda: _recorded(said),
        lambda: _lost(said, today),
        lambda: _begun(said),
    )
    return next((made for make in makers if (made := make()) is not None), None)


def _won_on(said: Said, taken: re.Pattern[str]) -> bool:
    """Whether the day by what was taken away is that of winning it: “2022年获奖后被撤销”."""
    day = said.day_of(taken)
    return day is not None and bool(_WON_THEN.match(said.text[day.end :]))


def _sanctioned(said: Said) -> Happening | None:
    if not _AGAIN.search(said.text):
        return None
    for pattern, kind, topic in _SANCTIONS:
        day = said.day_of(pattern)
        if day is not None and not (
            kind == "post_award_incident" and _OF_CERTIFICATE.search(said.clause(day))
        ):
            return Happening(topic, f"{SANCTIONS}.{kind}", day.when)
    return None


def _won(said: Said, tier: Tier | None) -> Happening | None:
    rest = said.text
    others = [_NO_AWARD, *(pattern for pattern, *_ in (*_BEGINNINGS[:-1], *_RECORDS))]
    day = said.day_of(_WON, _NOT_WON.sub(lambda match: " " * len(match[0]), rest))
    again = _AGAIN.search(rest) and _APPLIES.search(rest)
    served = _SERVED.search(rest) and not _ABOUT_PRIZE.search(rest)
    if day is None or not (again or served) or any(one.search(rest) for one in others):
        return None
    return Happening("waiting", f"{PAST_AWARDS}.{(tier or Tier.AWARD).value}", day.when)


def _begun(said: Said) -> Happening | None:
    if not _ASKS_WHEN.search(said.text):
        return None
    for pattern, topic, keys in _BEGINNINGS:
        day = said.day_of(pattern)
        if day is None:
            continue
        broken = topic == "operating_years" and _BROKEN_OFF.search(said.text)
        if broken or _NOT_BEGUN.search(said.clause(day)):
            return None
        person = topic == "person_years"
        return Happening(
            topic,
            when=day.when,
            facts=Facts(since=dict.fromkeys(keys, day.when)),
            keys=frozenset(keys),
            track=Track.INDIVIDUAL if person else Track.ORGANISATION,
        )
    return None


def _lost(said: Said, today: date) -> Happening | None:
    # “不亏损的条件” is what is asked for; a loss beside it has happened.
    without = _NO_LOSS.sub("", said.text)
    day = said.day_of(_LOSS) if _LOSS.search(without) else None
    if day is None:
        return None
    days = said.days if _ALL_OF_THEM.search(said.text) else (day,)
    years = {one.when.first.year for one in days if one.when.first.year == one.when.last.year}
    years = {year for year in years if year < today.year}
    if not years:
        return None
    lost = dict.fromkeys(sorted(years), "policy_loss" if "政策性" in said.text else "loss")
    others = dict.fromkeys(range(min(years) - 3, today.year), "profit")
    return Happening(
        "profit", when=day.when, facts=Facts(annual_results=lost),
        keys=frozenset({"annual_results"}), track=Track.ORGANISATION,
        assumed=Facts(annual_results={**others, **lost}),
    )  # fmt: skip


def _recorded(said: Said) -> Happening | None:
    """A record, if all that its weight hangs on was said."""
    rest = said.text
    found = next(((pattern, kind) for pattern, kind in _RECORDS if pattern.search(rest)), None)
    if found is None or not _ASKS_WHEN.search(rest) or "证" in rest or _NO_RECORD.search(rest):
        return None
    pattern, kind = found
    day = said.day_of(pattern)
    weight = _weight(rest, kind, day.when) if day else None
    if weight is None:
        return None
    return Happening(
        "accidents" if kind.endswith("accident") else "violations",
        when=weight.when,
        facts=Facts(records={kind: (weight,)}),
        keys=frozenset({f"records.{kind}"}),
    )


def _weight(rest: str, kind: str, when: Interval) -> Event | None:
    """The record with how grave it was; ``None`` if that was not said."""
    if kind == "other_violation" and re.search("个人|本人|我自己|person", rest):
        return None  # A person's own violations are another fact.
    severity = next((level for pattern, level in _SEVERITIES if pattern.search(rest)), None)
    deaths = 0 if _NO_DEATHS.search(rest) else 1 if _DEATHS.search(rest) else None
    level = None
    if kind == "failed_inspection":
        level = next((level for pattern, level in _LEVELS if pattern.search(rest)), None)
        if level is None:
            return None
    elif kind not in _UNGRADED and severity is None and not deaths:
        return None
    return Event(kind, when, severity=severity, deaths=deaths, level=level)
