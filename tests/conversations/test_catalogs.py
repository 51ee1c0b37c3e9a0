"""Every message is said in every language, and the compiled catalogs are those of their sources."""

import re

import pytest
import translations
from babel.messages.pofile import read_po
from opencc import OpenCC

from conversations.language import language

# The number of a Chinese document, as in 赣发〔2018〕16号.
DOCUMENT = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+ ?号")
PLACES = re.compile(r"\{\w*\}")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
MESSAGES = sorted(translations.messages())


def strings(locale: str) -> dict[str, str]:
    """The translations of a locale, as its source file has them."""
    with translations.po_file(locale).open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file, locale) if entry.id}


def test_english_is_complete() -> None:
    """Nothing is said in Chinese to somebody who asked for English, and nothing is left over."""
    english = strings("en")
    assert sorted(english) == MESSAGES
    assert [message for message, text in english.items() if not text] == []


def test_english_keeps_the_named_places() -> None:
    """Every translation names the same places as the message."""
    wrong = {
        message: text
        for message, text in strings("en").items()
        if set(PLACES.findall(text)) != set(PLACES.findall(message))
    }
    assert wrong == {}


def test_english_has_no_chinese_in_it() -> None:
    """English texts are English throughout, their punctuation too; documents keep their numbers."""
    assert {
        text for text in strings("en").values() if CHINESE.search(DOCUMENT.sub("", text))
    } == set()


def test_traditional_is_what_opencc_makes() -> None:
    """Traditional Chinese is OpenCC's, for every message."""
    convert = OpenCC("s2twp").convert
    assert strings("zh_Hant") == {message: convert(message) for message in MESSAGES}


@pytest.mark.parametrize("locale", ["en", "zh_Hant"])
def test_compiled_catalog_is_up_to_date(locale: str) -> None:
    """What the program reads says what the source file says."""
    words = language(locale)
    different = {
        message: text for message, text in strings(locale).items() if words.say(message) != text
    }
    assert different == {}


def test_simplified_is_the_message_itself() -> None:
    """Messages are written in simplified Chinese: they need no catalog."""
    words = language("zh_Hans")
    assert all(words.say(message) == message for message in MESSAGES)
