"""From how many chats on something is shown in figures: nobody is to be told by them."""

FEWEST = 5
