"""Desk stories on Telegram: the program as a process, everybody with a chat of their own."""

from pathlib import Path

import pytest
from desk_stage import Stage
from desk_story import Story, stories
from nursery import Nursery
from office import opened
from standin.people import NOBODY
from surroundings import Clock
from visitor import labelled

STORIES = stories()
# In turns by polling on SQLite and by webhook on PostgreSQL.
SETTINGS = (("polling", "sqlite"), ("webhook", "postgresql"))
CASES = [
    pytest.param(story, *SETTINGS[number % 2], id=f"{story.name}-{SETTINGS[number % 2][0]}")
    for number, story in enumerate(STORIES)
]


@pytest.mark.parametrize(("story", "mode", "database"), CASES)
def test_story(nursery: Nursery, tmp_path: Path, story: Story, mode: str, database: str) -> None:
    """Everybody sees what the story says they should, and nothing of what they should not."""
    clock = Clock(tmp_path / "clock")
    clock.shows(story.now)
    more = {"CLOCK_FILE": str(clock.file), "SWEEP": "0.05"}
    with opened(nursery, tmp_path, mode=mode, database=database, more=more) as office:
        stage = Stage.begin(office, clock, story)
        for turn in story.turns:
            stage.turn(turn)


def test_what_is_said_by_nobody_in_particular_is_no_answer(
    nursery: Nursery, tmp_path: Path
) -> None:
    """In a staff group: an anonymous administrator's words and taps, and a picture of anybody's."""
    story = next(each for each in STORIES if each.name == "group")
    clock = Clock(tmp_path / "clock")
    clock.shows(story.now)
    more = {"CLOCK_FILE": str(clock.file), "SWEEP": "0.05"}
    with opened(nursery, tmp_path, more=more) as office:
        stage = Stage.begin(office, clock, story)
        for turn in story.turns[:5]:
            stage.turn(turn)
        telegram, group = office.telegram, stage.chats["group"]
        asked, button = labelled(group, "我来答1号")
        before = asked.now
        press = telegram.press(group, button.data or "", asked, by=NOBODY)
        telegram.say_anonymously(group, "可以的", reply_to=asked)
        telegram.send(group, "photo", "可以的", by=stage.users["officer_1"], reply_to=asked)
        stage.settle()
        assert press.answers[0].text
        assert asked.now == before
        assert all("可以的" not in message.text for message in stage.chats["applicant"].messages)
