"""Places whose awards are not known here."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.tables import Table, Text, read_table

PLACES = Path(__file__).parent / "places.toml"


class _File(Table):
    provinces: tuple[Text, ...]
    cities: tuple[Text, ...]
    counties: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Short names of places: of provinces, of cities, of districts and counties."""

    provinces: tuple[str, ...]
    cities: tuple[str, ...]
    counties: tuple[str, ...]


@lru_cache
def load_places(path: Path = PLACES) -> Places:
    """Give the places; KnowledgeError with file and line for a mistake."""
    read, _ = read_table(path, _File)
    return Places(read.provinces, read.cities, read.counties)
