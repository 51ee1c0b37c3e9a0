"""The stand-in's methods and parameters are those that python-telegram-bot sends."""

import inspect
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, get_args

import pytest
from standin import keyboards, sending
from standin.params import METHODS
from standin.updates import KINDS
from telegram import Bot, InlineKeyboardButton, LinkPreviewOptions, ReplyParameters, Update

# Of every method: how the request is made, which is no part of it.
TRANSPORT = {"read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}

# Arguments that are only ways to give another one, with that one.
CONVENIENCE = {
    "allow_sending_without_reply": "reply_parameters",
    "reply_to_message_id": "reply_parameters",
    "disable_web_page_preview": "link_preview_options",
    "filename": "document",  # the name of the part that is sent
    "current_offset": "next_offset",  # pages of results are cut before they are sent
}

# What a class of the library is on the wire.
JSON_TYPES = ("Markup", "Options", "Parameters", "Sequence", "Scope", "Button", "Callable")
FILE_TYPES = ("FileInput", "InputFile")


def parameters(method: str) -> dict[str, inspect.Parameter]:
    """What the library's method takes, without what is not sent."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower()
    found = dict(inspect.signature(getattr(Bot, name)).parameters)
    return {
        key: value for key, value in found.items() if key not in {"self", *TRANSPORT, *CONVENIENCE}
    }


def sent_as(annotation: Any) -> str:  # noqa: ANN401 - an annotation
    """The type that an argument has on the wire."""
    text = str(annotation)
    if any(name in text for name in FILE_TYPES):
        return "file"
    if any(name in text for name in JSON_TYPES):
        return "json"
    choices = {
        choice for choice in (get_args(annotation) or (annotation,)) if choice is not type(None)
    }
    if {str, int} <= choices:
        return "chat"
    if choices & {int, timedelta}:
        return "integer"
    return "boolean" if "bool" in text else "string"


@pytest.mark.parametrize("method", METHODS)
def test_the_parameters_are_those_of_the_library(method: str) -> None:
    """Each method takes exactly what the library can send, under the same names."""
    assert set(METHODS[method].parameters) == set(parameters(method))


@pytest.mark.parametrize("method", METHODS)
def test_the_types_are_those_of_the_library(method: str) -> None:
    """A number is a number, a text a text, and so on."""
    expected = {name: sent_as(found.annotation) for name, found in parameters(method).items()}
    assert METHODS[method].parameters == expected


@pytest.mark.parametrize("method", METHODS)
def test_what_is_required_is_required_by_the_library(method: str) -> None:
    """What has no default there is required here."""
    needed = {n for n, p in parameters(method).items() if p.default is inspect.Parameter.empty}
    assert METHODS[method].required == needed


@pytest.mark.parametrize("name", CONVENIENCE)
def test_a_convenience_stands_for_a_parameter_that_is_known(name: str) -> None:
    """Nothing is left out of the comparison without a parameter that is sent instead."""
    methods = [m for m in METHODS.values() if CONVENIENCE[name] in m.parameters]
    assert methods


def fields(kind: type) -> set[str]:
    """The fields that the library gives an object."""
    return set(inspect.signature(kind).parameters) - {"api_kwargs"}


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        (InlineKeyboardButton, keyboards.ACTIONS | keyboards.LOOKS),
        (LinkPreviewOptions, sending.PREVIEW),
        (ReplyParameters, sending.REPLY),
    ],
)
def test_the_fields_of_objects_are_those_of_the_library(kind: type, known: Sequence[str]) -> None:
    """Buttons, previews and replies may have the fields that the library knows."""
    assert set(known) == fields(kind)


def test_the_kinds_of_update_are_those_of_the_library() -> None:
    """A bot can ask for any kind that the library knows, and for no other."""
    assert set(Update.ALL_TYPES) == KINDS
