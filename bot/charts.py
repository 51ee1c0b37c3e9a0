"""Charts drawn as pictures, with a font that has Chinese characters."""

import io
from functools import lru_cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

from conversations.charts import Bar, Chart, Panel

WIDTH = 1080
_MARGIN, _GAP, _ROW = 48, 28, 46
_LABELS, _COUNTS = 460, 90
_TITLE, _HEADING, _BODY, _SMALL = 36, 28, 24, 20
_LINE = 1.5
_PAPER, _INK, _GREY, _BAR = "#ffffff", "#1f2933", "#66727f", "#3b6ea5"

# Where in the collection of fonts the characters are as each language writes them.
_FACES = {"zh_Hant": 3}
_FACE = 2


def png(chart: Chart) -> bytes:
    """A chart as a PNG picture. It takes a part of a second: not for the event loop."""
    return _Drawing(chart.locale).drawn(chart)


@lru_cache
def _font(size: int, locale: str) -> ImageFont.FreeTypeFont:
    # The font of the package noto-cjk-sans-otc (SIL Open Font License 1.1).
    with (files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc").open("rb") as file:
        return ImageFont.truetype(io.BytesIO(file.read()), size, _FACES.get(locale, _FACE))


class _Drawing:
    """A picture being drawn from top to bottom; ``y`` is how far it is."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self._image = Image.new("RGB", (1, 1))
        self._pen = ImageDraw.Draw(self._image)
        self._y = 0

    def drawn(self, chart: Chart) -> bytes:
        """The picture; drawn once to learn its height, and again."""
        self._draw(chart)
        self._image = Image.new("RGB", (WIDTH, self._y + _MARGIN), _PAPER)
        self._pen = ImageDraw.Draw(self._image)
        self._draw(chart)
        file = io.BytesIO()
        self._image.save(file, "PNG", optimize=True)
        return file.getvalue()

    def _draw(self, chart: Chart) -> None:
        self._y = _MARGIN
        self._lines(chart.title, _TITLE, _INK)
        for panel in chart.panels:
            self._panel(panel)
        self._y += _GAP
        self._lines(chart.note, _SMALL, _GREY)

    def _panel(self, panel: Panel) -> None:
        self._y += _GAP
        self._lines(panel.title, _HEADING, _INK)
        self._y += 6
        if not panel.bars:
            self._lines(panel.empty, _BODY, _GREY)
        longest = max((bar.value for bar in panel.bars), default=0) or 1
        for bar in panel.bars:
            self._bar(bar, bar.value / longest)

    def _bar(self, bar: Bar, share: float) -> None:
        lines = self._wrapped(bar.label, _BODY, _LABELS)[:2]
        step = round(_BODY * 1.25)
        height = max(_ROW, step * len(lines) + 12)
        top = self._y + (height - step * len(lines)) // 2
        for number, line in enumerate(lines):
            self._pen.text((_MARGIN, top + number * step - 4), line, _INK, self._of(_BODY))
        begin = _MARGIN + _LABELS + 16
        room = WIDTH - begin - _MARGIN - _COUNTS
        end = begin + max(3, round(room * share))
        middle = self._y + height // 2
        self._pen.rounded_rectangle((begin, middle - 13, end, middle + 13), 4, _BAR)
        self._pen.text((end + 12, middle), bar.shown, _INK, self._of(_BODY), anchor="lm")
        self._y += height

    def _lines(self, text: str, size: int, colour: str) -> None:
        for line in self._wrapped(text, size, WIDTH - 2 * _MARGIN):
            self._pen.text((_MARGIN, self._y), line, colour, self._of(size))
            self._y += round(size * _LINE)

    def _wrapped(self, text: str, size: int, width: int) -> list[str]:
        """A text in lines: broken between Chinese characters, and else between words."""
        font, lines, line = self._of(size), [], ""
        for piece in _pieces(text):
            if line and font.getlength((line + piece).rstrip()) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        return [*lines, line.rstrip()]

    def _of(self, size: int) -> ImageFont.FreeTypeFont:
        return _font(size, self._locale)


# What does not begin a line, and what does not end one.
_LONGEST_WORD = 24
_CLOSING, _OPENING = "，。、；：！？）】》”’%,.;:!?)", "（【《“‘("


def _pieces(text: str) -> list[str]:
    """What is not to be broken: a Chinese character, a word with the space behind it."""
    pieces: list[str] = []
    for char in text:
        before = pieces[-1][-1] if pieces else " "
        in_word = char.isascii() and before.isascii() and before != " "
        glued = char in _CLOSING or before in _OPENING or in_word
        if pieces and glued and len(pieces[-1]) < _LONGEST_WORD:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces
