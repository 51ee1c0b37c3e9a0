"""A chart as data: what it shows, in words and figures; how it is drawn is the program's matter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, how long it is, and what is written at its end."""

    label: str
    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars to be compared, under a title; ``empty`` is said if there are none."""

    title: str
    bars: tuple[Bar, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of several panels; ``note`` says what is left out. ``locale`` is its language."""

    title: str
    panels: tuple[Panel, ...]
    note: str = ""
    locale: str = "zh_Hans"
