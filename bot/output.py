"""How commands print results."""

from enum import StrEnum


class Output(StrEnum):
    """For programs or for people."""

    JSON = "json"
    TEXT = "text"
