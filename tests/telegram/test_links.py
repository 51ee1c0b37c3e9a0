"""Links to put on a notice, and their QR codes."""

import re
from pathlib import Path

import pytest

from bot.clock import now
from bot.platforms.telegram.links import Link, links, publish
from conversations.model import LOCALES, Command, State
from conversations.step import step
from rules.load import load_awards

PNG = b"\x89PNG\r\n\x1a\n"


def test_every_award_and_every_track_has_a_link() -> None:
    """One for the award, one for each of its tracks, each with an argument of its own."""
    found = [link.argument for link in links("award_bot", "zh_Hans")]
    assert {"jian", "jian_organisation", "jian_individual"} <= set(found)
    assert len(found) == len(set(found))
    assert len(found) == sum(1 + len(award.tracks) for award in load_awards())


@pytest.mark.parametrize("link", [*links("award_bot", "zh_Hans")], ids=lambda link: link.argument)
def test_a_link_begins_a_screening_for_what_it_names(link: Link) -> None:
    """Telegram passes the argument on, and the conversation understands it."""
    url, argument = link.url, link.argument
    assert url == f"https://t.me/award_bot?start={argument}"
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", argument)
    state, _ = step(State(), Command("start", argument), now())
    assert state.screening is not None
    award, _, track = argument.partition("_")
    assert state.screening.answers["award"] == award
    assert state.screening.answers.get("track", "") == track


@pytest.mark.parametrize("locale", LOCALES)
def test_links_are_printed_with_what_they_are_for(
    locale: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line for each, and a QR code in the folder, which is made."""
    folder = tmp_path / "notice" / "codes"
    publish("award_bot", folder, locale)
    printed = capsys.readouterr().out.splitlines()
    named = {link.url: link for link in links("award_bot", locale)}
    for line in printed:
        url, name = line.split(" — ")
        assert named[url].name == name
        assert (folder / f"{named[url].argument}.png").read_bytes().startswith(PNG)
    assert len(printed) == len(named)
