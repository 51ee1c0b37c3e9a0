"""Desk stories from beginning to end, through the running program, on either kind of database."""

import pytest
from desk_story import Story, play, stories

from bot.database import Database


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.name)
async def test_story(story: Story, database: Database) -> None:
    """Everybody hears what the story says they should, and nothing of what they should not."""
    await play(story, database)
