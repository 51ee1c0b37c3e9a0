"""Time zones as people name them: by a city, in Chinese or English, or as Europe/London."""

from functools import lru_cache
from zoneinfo import available_timezones

from conversations.language import Language
from conversations.model import LOCALES
from knowledge.fold import fold

# Names of places whose clocks go by another place's; all others are found in Babel's tables.
_SAME_CLOCK = {
    "Asia/Shanghai": ("北京", "北京时间", "中国", "中国时间", "beijing", "china"),
    "Asia/Urumqi": ("新疆", "新疆时间", "乌鲁木齐时间", "xinjiang"),
}


def zone_name(words: Language, zone: str) -> str:
    """A zone as people know it: by its city."""
    if zone == "Asia/Shanghai":
        return words.say("北京时间")
    city = _cities(words.locale).get(zone) or zone.rpartition("/")[2].replace("_", " ")
    return words.say("{city}时间（{zone}）", city=city, zone=zone)


def read_zone(text: str) -> str | None:
    """Read where somebody is: a city in Chinese or English, or a zone such as Europe/London."""
    folded = fold(text).strip(" .。!！").removeprefix("我在").removesuffix("时间").strip()
    if not folded:
        return None
    for zone, names in _SAME_CLOCK.items():
        if folded in names or f"{folded}时间" in names:
            return zone
    for zone in _zones():
        if zone.lower() == folded.replace(" ", "_"):
            return zone if "/" in zone else None
    for locale in LOCALES:
        found = _by_city(locale).get(folded)
        if found:
            return found
    tail = folded.replace(" ", "_")
    tails = [z for z in _zones() if z.lower().endswith(f"/{tail}")]
    return min((zone for zone in tails if not zone.startswith("Etc/")), default=None)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    # Kept: to list them takes as long as a hundred steps of a conversation.
    return frozenset(available_timezones())


@lru_cache(maxsize=8)
def _cities(locale: str) -> dict[str, str]:
    """The city that each zone is known by, in a language."""
    # Imported on first use: a chat that never asks for zones does not wait for it.
    from babel import Locale  # noqa: PLC0415

    known = _zones()
    names = Locale.parse(locale).time_zones
    cities = {}
    for zone in sorted(known):
        named = names.get(zone, {})
        if "/" in zone and "city" in named:
            cities[zone] = str(named["city"])
    return cities


@lru_cache(maxsize=8)
def _by_city(locale: str) -> dict[str, str]:
    """The zone of each city, by its name as it is read."""
    return {fold(city): zone for zone, city in reversed(_cities(locale).items())}


def is_zone(name: str) -> bool:
    """Whether there is such a time zone."""
    return name in _zones()
