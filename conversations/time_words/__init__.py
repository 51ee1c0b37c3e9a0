"""How ``conversations.dates`` takes a text about time apart; nothing else needs to look in here."""
