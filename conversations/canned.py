"""Canned answers: texts that an office sends often, with places for what changes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PLACES = ("award", "number", "day", "closing")
"""What can be filled in: the award's name, the ticket's number, today, the round's closing day."""

_PLACE = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Canned:
    """A text of an award's office; ``title`` is how its officers find it."""

    id: int
    award: str
    title: str
    text: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Filled:
    """A canned answer with its places filled; those in ``missing`` could not be."""

    text: str
    missing: tuple[str, ...] = ()


def filled(text: str, values: Mapping[str, str]) -> Filled:
    """Fill the places of a text. What has no value is missing: it is not to be sent with a gap."""
    missing = tuple(dict.fromkeys(name for name in places(text) if not values.get(name)))
    return Filled(_PLACE.sub(lambda match: values.get(match[1]) or match[0], text), missing)


def places(text: str) -> tuple[str, ...]:
    """The names of the places in a text, known or not."""
    return tuple(dict.fromkeys(_PLACE.findall(text)))


def wrong_places(text: str) -> tuple[str, ...]:
    """What stands in braces and is none of ``PLACES``; a brace alone counts too."""
    alone = _BRACE.search(_PLACE.sub("", text))
    return (*(name for name in places(text) if name not in PLACES), *([alone[0]] if alone else []))
