"""Whose award a question is about: one known here, one of the level above, or another city's.

Near names are told apart: what Suzhou or the province gives is not answered from the text of an
award known here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from conversations.awards import find_names
from knowledge.fold import fold
from knowledge.places import load_places
from rules.load import load_award, load_awards

_GIVER = "(?:政府|市长|区长|县长|省长|主席)?"
_PRIZE = f"{_GIVER}质量(?:金|管理)?奖"
# Awards of the level above, whoever's they are.
_HIGHER = re.compile(
    rf"(?:中国|全国|国家级?|国优){_GIVER}质量奖|国家级?(?:的)?质量(?:奖|荣誉)"
    rf"|(?:省|自治区|直辖市)级?{_PRIZE}"
    r"|省长(?:质量)?奖|主席(?:质量)?奖|国奖(?!励)|自治区级质量奖|井冈质量奖|市级(?:政府)?质量奖"
    r"|市、区两级|市区两级|省部级"
    r"|china quality award|(?:national|provincial|municipal) (?:\w+ )?award"
)
# 《中国质量奖管理办法》, experts of 上海市政府质量奖: the text itself speaks of these.
_ONLY_ITS = re.compile("管理办法|》|专家")
_LATIN_WORD = re.compile(r"[a-z]{6,}")
# What mostly follows a name and says no more than it: 吉安 市长质量奖, 连云港 港.
_GENERIC = re.compile(
    "(?:云?港|湖)?(?:市|区|去(?=政府|区长))?(?:的(?=市长|区长|政府))?(?:(?:市长|区长|长)奖(?!励|金|状)"
    "|(?:(?:人民)?政府|市长|区长|长)?(?:质量?奖(?!惩)|质量(?=提名|金))?)"
)
_NOT_THAT = re.compile("(?<!是)(?:不是|不问|而非)[^,。?;]{0,14}?奖[,、]")
# Not this one: “不是吉安，我问的是钦州”.
_DENIED = re.compile("(?:不是|别跟我说|别说|不问|不要说|不说|没问)(?:问|说)?$")
_INSTEAD = re.compile("(?:我)?(?:问|说)的是|我是(?:问|说)|说(?= )")
_LATIN_NAME = re.compile(r"^(?:'s)?\s*(?:city|district|municipal(?:ity)?)?\s*")


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names: awards known here in order, others, and what else it says (folded).

    ``higher``: an award of the level above; ``other``: another place's award; ``below``: the awards
    of the province or city whose award is named, if it is.
    """

    awards: tuple[str, ...]
    higher: bool
    other: bool
    rest: str
    below: tuple[str, ...] = ()


def named(question: str) -> Named:
    """Take the names of awards out of a question."""
    folded = _NOT_THAT.sub("", fold(question))
    awards: list[str] = []
    denied: list[str] = []
    parts: list[str] = []
    other, position = False, 0
    for span in find_names(folded):
        if span.start < position:
            continue
        before, after = folded[position : span.start], folded[span.end :]
        if re.match(r"县|路|街道?办|港?经开区管委", after):
            # 吉安县 lies in 吉安市 and is another place.
            other = other or "质量奖" in after[:9]
            parts.append(folded[position : span.end])
        elif _DENIED.search(before):
            denied.append(span.award)
            parts.append(_DENIED.sub("", before))
        else:
            awards.append(span.award)
            parts.append(_without_region(before, span.award))
        position = span.end
        if folded[span.start : span.end].isascii():
            ending = _LATIN_NAME.match(after)
            position += ending.end() if ending else 0
        else:
            generic = _GENERIC.match(after)
            position += generic.end() if generic else 0
    parts.append(folded[position:])
    awards = awards or denied
    rest = _INSTEAD.sub("", " ".join(part.strip() for part in parts if part.strip()))
    higher, elsewhere = _others(rest, tuple(dict.fromkeys(awards)))
    found = tuple(dict.fromkeys(awards))
    return Named(found, higher, other or elsewhere, rest, _below(rest) if higher else ())


def _below(rest: str) -> tuple[str, ...]:
    """The awards of the province or city that a question names."""
    return tuple(
        award.id
        for award in load_awards()
        if any(place in rest for place in (award.spec.region, *award.spec.regions))
    )


def _without_region(before: str, award: str) -> str:
    """Without the province or city that stands before a name: 江西省吉安市, 南昌青山湖."""
    spec = load_award(award).spec
    for region in (spec.region, *spec.regions):
        for form in (
            region,
            f"{region}省",
            f"{region}市",
            f"{region}壮族自治区",
            f"{region}自治区",
        ):
            if before.endswith(form):
                return _without_region(before[: -len(form)], award)
    return before


# Prizes and honours that are none of these awards: a place may give them too.
_HONOUR = re.compile(
    "(?:工业|建筑|科技|科学|技术|设计|创新|专利|文学|电影|进步|贡献|劳动|教育|文化|文艺|体育|环保|旅游|茶|工程)"
    "(?!.{0,3}质量)[^,。?的得获]{0,3}奖(?!励|金|的)|大奖赛|大奖(?!励|金)|奖章|鲁班奖|诺贝尔"
)


def _others(rest: str, awards: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether an award of the level above is named, and whether another place's is."""
    if _HONOUR.search(rest) and not awards:
        return False, True
    higher = any(not _ONLY_ITS.match(rest[found.end() :]) for found in _HIGHER.finditer(rest))
    other = False
    for match in _place_pattern().finditer(rest):
        place = match["place"]
        if place in _above(awards):
            its = _ONLY_ITS.match(rest[match.end() :])
            higher = higher or (match["award"] is not None and its is None)
        elif match["award"]:
            other = True
        elif place not in load_places().counties:
            other = other or bool(match["kind"]) or match.start() == 0 or len(place) > 2
    letters = set(_LATIN_WORD.findall(rest))
    return higher, other or bool(letters and letters & _latin_places())


@lru_cache
def _latin_places() -> frozenset[str]:
    """Other places in Latin letters, as English questions name them."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a large table, seldom needed

    return frozenset("".join(lazy_pinyin(place)) for place in load_places().cities)


@lru_cache
def _place_pattern() -> re.Pattern[str]:
    known = load_places()
    own = {name for award in load_awards() for name in (award.spec.area, *award.spec.names)}
    names = sorted({*known.provinces, *known.cities, *known.counties} - own, key=len, reverse=True)
    places = "|".join(re.escape(name) for name in names)
    return re.compile(
        rf"(?P<place>{places})(?P<kind>[省市区县州](?![场长]))?(?:人民)?(?:的)?(?P<award>{_PRIZE}|提名奖|金奖)?"
    )


@lru_cache
def _above(awards: tuple[str, ...]) -> frozenset[str]:
    """The places of whose level above the awards are; of all, if none is named."""
    known = [load_award(award) for award in awards] or list(load_awards())
    return frozenset(
        place
        for award in known
        for place in (*award.spec.regions, *load_places().provinces)
        if place in award.spec.region or place in award.spec.regions
    )
