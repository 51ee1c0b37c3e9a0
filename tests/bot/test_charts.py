"""Charts as pictures: readable in each language, whatever their labels are."""

import io

import pytest
from PIL import Image, ImageFont

from bot import charts
from conversations.charts import Bar, Chart, Panel

LABEL = "推行《卓越绩效评价准则》并且取得了实际成效，连续三年以上（第八条第（二）项）"


def drawn(*labels: str, locale: str = "zh_Hans") -> Image.Image:
    """The picture of a chart with a bar for each label."""
    bars = tuple(Bar(label, float(n), str(n)) for n, label in enumerate(labels))
    panels = (Panel("问了什么", bars), Panel("自查的结果", (), "不列出来。"))
    made = charts.png(Chart("连云港市市长质量奖", panels, "说明", locale))
    assert made.startswith(b"\x89PNG\r\n")
    return Image.open(io.BytesIO(made))


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant", "en"])
def test_a_chart_becomes_a_picture(locale: str) -> None:
    """As wide as a phone shows well; higher with more bars."""
    few, many = drawn("奖金", locale=locale), drawn(*["奖金"] * 9, locale=locale)
    assert few.width == many.width == charts.WIDTH
    assert few.height + 8 * 40 < many.height


def test_the_font_has_every_character() -> None:
    """No character of a label is drawn as the empty box that stands for what a font lacks."""
    font = charts._font(24, "zh_Hans")  # noqa: SLF001 - the font that is drawn with
    assert isinstance(font, ImageFont.FreeTypeFont)
    missing = bytes(font.getmask("\U000f0000"))
    for char in f"{LABEL}連雲港獎瑕疵复议abc0123%":
        assert bytes(font.getmask(char)) != missing, char


def test_the_longest_bar_fits() -> None:
    """Neither a long label nor a large number runs out of the picture."""
    bars = (Bar(LABEL, 1e6, "1000000"), Bar("x" * 200, 0.0, "0"))
    picture = Image.open(io.BytesIO(charts.png(Chart(LABEL * 3, (Panel(LABEL, bars),), LABEL))))
    edge = picture.convert("L").crop((charts.WIDTH - 12, 0, charts.WIDTH, picture.height))
    assert edge.getextrema() == (255, 255)


def test_an_empty_chart_is_a_picture_too() -> None:
    """Nothing may be shown yet: the picture says so."""
    assert drawn().height > 100
