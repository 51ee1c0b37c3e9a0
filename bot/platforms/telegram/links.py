"""Links that begin a conversation about an award, and QR codes of them to put on a notice."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import segno

from conversations.language import language
from rules.load import load_awards
from rules.messages import message
from rules.model import Track

TRACKS = {Track.ORGANISATION: message("组织"), Track.INDIVIDUAL: message("个人")}

# A phone reads it from a printed page, also if a corner is dirty.
_PIXELS = 12


@dataclass(frozen=True, slots=True)
class Link:
    """A link, the argument that it gives to ``start``, and what it is for."""

    url: str
    argument: str
    name: str


def start_link(username: str, argument: str) -> str:
    """The link that opens the private chat with ``/start argument``."""
    return f"https://t.me/{username}?start={argument}"


def links(username: str, locale: str) -> Iterator[Link]:
    """One for each award, and one for each of its tracks."""
    say = language(locale).say
    for award in load_awards():
        name = say(award.spec.name)
        yield Link(start_link(username, award.id), award.id, name)
        for track in award.tracks:
            argument = f"{award.id}_{track.value}"
            label = say("{award}（{track}）", award=name, track=say(TRACKS[track]))
            yield Link(start_link(username, argument), argument, label)


def write_code(link: Link, folder: Path) -> Path:
    """Write the link's QR code into a folder; gives the file. Raises OSError."""
    path = folder / f"{link.argument}.png"
    segno.make(link.url, error="m", micro=False).save(str(path), scale=_PIXELS, border=4)
    return path


def publish(username: str, folder: Path, locale: str) -> None:
    """Print every link with what it is for, and write its QR code. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for link in links(username, locale):
        write_code(link, folder)
        sys.stdout.write(f"{link.url} — {link.name}\n")
    sys.stderr.write(f"QR codes: {folder}\n")
