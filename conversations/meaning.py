"""What a question means: its topic, who it is about, which prize, and what it asks of the text."""

import re
from functools import lru_cache

from conversations.naming import Named
from knowledge.answers import load_answers
from knowledge.load import awards as award_ids
from knowledge.search import Finder, Found
from knowledge.support import support
from knowledge.topics import load_elsewhere, load_synonyms, load_topics
from rules.model import Tier, Track

# What an award's text can say of the awards of the level above.
_ABOUT_HIGHER = frozenset({
    "prize_levels", "prize_repeated", "recommended_higher", "same_year", "priority",
})  # fmt: skip
_OF_HIGHER = {"prize": ("prize_levels", "prize_repeated"), "won_again": ("prize_repeated",)}
# What a day that is stated can be about.
_RECKONED = frozenset({
    "waiting", "won_again", "nomination_again", "cycle", "conditions", "operating_years", "qms",
    "excellence", "person_years", "person_merits", "person_organisation", "profit", "accidents",
    "complaints", "claims", "inspection", "dishonesty", "export", "violations", "fraud",
    "false_materials", "revocation", "apply_when", "individuals", "who_may_apply", "registration",
    "total_time",
})  # fmt: skip
_HAVING_IT = re.compile(
    "获|拿|得了|得过|评上|有了|推荐|同时|同年|同一年|重复|配套|已经|申报过|win|won"
)
_INDIVIDUAL = re.compile(
    "个人|本人|先进质量管理成果|质量管理成果|individual|person|\\bmyself\\b|geren"
)
_ORGANISATION = re.compile(
    "组织|企业|公司|单位|机构|先进质量管理模式|organi[sz]ation|compan|enterprise|zuzhi|qiye"
)
# Awards of the level above, as the questions that are known put them.
_LEVELS = {
    "国家级质量奖": re.compile("(?:中国|全国|国家级?)(?:政府)?质量奖"),
    "市级质量奖": re.compile("(?:上海|南昌)市?(?:人民政府|政府|市长|长)?质量奖|市政府质量奖"),
    "省级质量奖": re.compile(
        "(?:江苏|江西|广西|壮族)*(?:省|自治区)*(?:人民政府|政府|省长|主席)质量奖|(?:江苏|江西|广西)?省长奖"
    ),
}
# Which of several gives more: each is asked the same.
_COMPARING = re.compile(
    "和|跟|与|比较?|哪一?[个家边]|谁的?|更|高(?!新)|多(?!少|久|长)|各(?:自|是)?|分别(?:是)?|相比|区别|不同"
)
_BOTH_TRACKS = re.compile(
    "(?:组织|企业|公司|单位|模式)(?:奖)?[和与、及跟](?:个人|成果)|(?:个人|成果)(?:奖)?[和与、及跟](?:组织|企业|公司|单位|模式)"
    "|organi[sz]ations? and (?:an )?(?:individual|person)|individuals? and (?:an )?organi[sz]ation"
)
_BOTH_TIERS = re.compile(
    "(?:质量奖|获奖|获奖组织|正式奖|奖)[和与、及跟]提名"
    "|提名奖?[和与、及跟](?:质量奖|市长质量奖|区长质量奖)|award and (?:the )?nomination"
    "|区长(?:质量)?奖[和与、及跟](?:质量)?金奖|金奖[和与、及跟]区长"
)
_ORDER = re.compile(
    "^(?:请|麻烦)?(?:帮我|替我|给我|帮忙)?(?:写|编|画|翻译|生成|拟|起草)(?:一)?[份篇个首段封张]"
    "|忽略(?:之前|以上|前面|上面|所有)|从现在起你|你现在是|扮演|假装你|ignore (?:all|the|previous)"
)
_FROM_WHEN = re.compile("哪年|哪一年|什么时候|啥时候|何时|几时|when")
_NOMINATION = re.compile("提名|nominat|timing")
_GOLD = re.compile("金奖|gold|jinjiang")
# Changning's higher prize; elsewhere it is the name of the award.
_HIGHEST = re.compile("长宁.{0,3}区长质量奖|(?<!湖)(?<!湖区)区长质量奖")
# A day itself is asked for: that stands in each year's notice, not in the texts.
_WHICH_DAY = re.compile(
    r"截止|几号|哪天|哪一天|几月|今年|明年|几点|deadline|which day|what date|closing"
)
# What is counted, and how it stands in a text that sets a figure for it.
_FIGURES = (
    (re.compile("几天|多少天|几个工作日|how many days"), re.compile(r"\d ?个?(?:工作)?[日天]")),
    (re.compile("几年|多少年|how many years"), re.compile(r"\d ?年|每年")),
    (re.compile("多久|多长时间|几个月|how long"),
     re.compile(r"\d ?(?:个?(?:月|工作日)|[年日天])|每年")),
    (re.compile("多少钱|多少万|几万|how much money"), re.compile(r"\d ?(?:万|元)")),
    (re.compile("几家|多少家|(?<!哪)几个|多少个|how many"), re.compile(r"\d|每年")),
)  # fmt: skip
LONG_NAME = 4
NEAREST = 4
"""Among how many of the likeliest topics one about the level above is looked for."""
OF_TEXT = 0.4
"""How much it counts that a question is in an article's words, beside its likeness to others."""
CERTAIN = 0.9
"""From which probability on the likeliest topic is not weighed against the text any more."""
BESIDE = 0.85
"""How likely a second topic must be beside the first to be told as well."""


@lru_cache
def finder() -> Finder:
    """The one that knows all topics; made when the first question comes."""
    return Finder(load_topics(), load_elsewhere(), load_synonyms())


def award_of(names: Named) -> str | None:
    """The one award that a question must be about, though it names none.

    Only its text has a name for what is asked about, or it lies below the level that is named.
    """
    owners = {
        award
        for award in award_ids()
        for called in load_answers(award).called.values()
        if any(len(name) >= LONG_NAME and name in names.rest for name in called)
    }
    if names.higher and _HAVING_IT.search(names.rest):
        owners |= set(names.below)
    return owners.pop() if len(owners) == 1 else None


def plain(names: Named) -> str:
    """What is asked, of each of several awards, in the words in which questions are put."""
    rest = _COMPARING.sub(" ", names.rest) if len(names.awards) > 1 else names.rest
    for level, pattern in _LEVELS.items():
        rest = pattern.sub(level, rest)
    for pattern, meant in _called(names.awards):
        rest = pattern.sub(meant, rest)
    return rest


@lru_cache
def _called(awards: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The awards' own names for things, with what others call them.

    If no award is named, those that are long enough to mean nothing else.
    """
    found = []
    for award in awards or award_ids():
        for meant, names in load_answers(award).called.items():
            known = [name for name in names if awards or len(name) >= LONG_NAME]
            longest_first = sorted(known, key=len, reverse=True)
            if known:
                found.append((re.compile("|".join(map(re.escape, longest_first))), meant))
    return tuple(found)


def is_order(names: Named) -> bool:
    """Whether somebody wants to have something written, or to give the assistant orders."""
    return bool(_ORDER.search(names.rest))


def track_of(question: str) -> Track | None:
    """Who it is asked for, if that is said."""
    lowered = question.lower()
    if _INDIVIDUAL.search(lowered):
        return None if _BOTH_TRACKS.search(lowered) else Track.INDIVIDUAL
    return Track.ORGANISATION if _ORGANISATION.search(lowered) else None


def tier_of(names: Named, question: str) -> Tier | None:
    """Which prize it is asked about, if that is said."""
    lowered = f"{names.rest} {question.lower()}"
    if _BOTH_TIERS.search(lowered):
        return None
    if _NOMINATION.search(lowered):
        return Tier.NOMINATION
    if _GOLD.search(lowered):
        return Tier.GOLD
    return Tier.AWARD if _HIGHEST.search(question) else None


def may_follow(found: Found, names: Named) -> bool:
    """Whether a day in the question can be one from which something follows."""
    if names.higher or (found.elsewhere is not None and not names.awards):
        return False
    return found.decision != "sure" or found.topics[0] in _RECKONED


def likely(found: Found, names: Named, award: str) -> tuple[str, ...]:
    """The topics that may be meant, the likeliest first, as far as an award's text speaks of them.

    What the phrasings say counts, and how much of the question stands in the very articles.
    """
    score = {one.topic: one.score for one in found.ranked}
    for topic, borne in support(plain(names), award).items():
        score[topic] = score.get(topic, 0.0) + OF_TEXT * borne
    answers = load_answers(award)
    spoken = [topic for topic in score if answers.best(topic) is not None]
    first = found.ranked[0].topic if found.ranked else ""
    # Where the phrasings leave no doubt, the text only says what else may be meant.
    if found.right >= CERTAIN and first in spoken:
        score[first] += 1.0
    return tuple(
        topic
        for topic in sorted(spoken, key=lambda each: -score[each])[:2]
        if score[topic] >= BESIDE * max(score[each] for each in spoken)
    )


def topic_of(found: Found, names: Named, awards: tuple[str, ...]) -> str | None:
    """The topic that is meant; ``None`` if it is asked of another level's award.

    What the awards' own texts say of those of the level above is a matter of a few topics.
    """
    first = found.ranked[0].topic
    if not names.higher:
        return first
    asked_of = awards or award_ids()
    if not names.awards and not _HAVING_IT.search(names.rest):
        return _instead(first, awards) if first == "prize" else None
    for one in found.ranked[:NEAREST]:
        meant = one.topic if one.topic in _ABOUT_HIGHER else _instead(one.topic, asked_of)
        if meant is not None:
            return meant
    return None


def _instead(topic: str, awards: tuple[str, ...]) -> str | None:
    """What is meant by a topic if it is asked of those who have won a higher award."""
    others = _OF_HIGHER.get(topic, ())
    return next(
        (other for other in others if any(load_answers(each).best(other) for each in awards)), None
    )


def asks_which_day(names: Named) -> bool:
    """Whether a day itself is asked for."""
    return bool(_WHICH_DAY.search(names.rest))


def figure_asked(names: Named) -> re.Pattern[str] | None:
    """How the figure stands in a text that sets it, if how long or how many is asked.

    If several are asked for, a text that sets one of them answers.
    """
    forms = [form.pattern for asked, form in _FIGURES if asked.search(names.rest)]
    return re.compile("|".join(forms)) if forms else None


def asks_when(names: Named) -> bool:
    """Whether it is asked from when on something can be."""
    return bool(_FROM_WHEN.search(names.rest))


def borne_out(names: Named, award: str) -> tuple[str, float]:
    """The topic in whose articles most of the question stands, with how much of it."""
    found = support(plain(names), award)
    topic = max(found, key=lambda each: found[each], default="")
    return topic, found.get(topic, 0.0)
