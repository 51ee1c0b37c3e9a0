"""Collect what the assistant says, and bring the catalogs up to date.

Run by ``make translations``: reads the Chinese messages from the code and the data, merges them
into each language's catalog (English is translated by hand, traditional Chinese by OpenCC), and
compiles the catalogs that the program reads.
"""

import ast
import io
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from opencc import OpenCC

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "conversations" / "locales"
DOMAIN = "award_bot"
# Keys of the data files whose values people read.
TEXT_KEYS = {
    "title", "question", "help", "example", "proof", "advice", "reading", "text", "label",
    "name", "area", "region", "regions", "tier_names", "who", "cell",
}  # fmt: skip
# Words by which questions are found: nobody reads them.
HINTS = {"concepts", "synonyms", "elsewhere"}
# Functions whose first argument is a message.
SPOKEN = {"say", "message"}


def messages() -> dict[str, list[tuple[str, int]]]:
    """Every message with the places it comes from."""
    found: dict[str, list[tuple[str, int]]] = {}
    for path in sorted([*ROOT.glob("conversations/**/*.py"), *ROOT.glob("rules/*.py"),
                        *ROOT.glob("bot/**/*.py")]):  # fmt: skip
        for message, line in _in_code(path):
            found.setdefault(message, []).append((str(path.relative_to(ROOT)), line))
    for path in [ROOT / "rules" / "facts.toml", *sorted(ROOT.glob("rules/awards/*.toml")),
                 *sorted(ROOT.glob("knowledge/awards/*.toml")),
                 *sorted(ROOT.glob("knowledge/topics/*.toml"))]:  # fmt: skip
        if path.stem in HINTS:
            continue
        for message in _in_data(tomllib.loads(path.read_text(encoding="utf-8"))):
            found.setdefault(message, []).append((str(path.relative_to(ROOT)), 0))
    return found


def _in_code(path: Path) -> Iterator[tuple[str, int]]:
    """The first argument of every ``say(…)`` and ``message(…)``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        spoken = node.args[0]
        if name in SPOKEN and isinstance(spoken, ast.Constant) and isinstance(spoken.value, str):
            yield spoken.value, node.lineno


def _in_data(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in {"cite", "example", "base"} and not isinstance(inner, str):
                continue
            yield from _in_data(inner, key if key in TEXT_KEYS else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _in_data(inner, key)
    elif isinstance(value, str) and value and key in TEXT_KEYS:
        yield value


def update(locale: str, found: dict[str, list[tuple[str, int]]]) -> Catalog:
    """The catalog of ``locale`` with just the messages that are said now."""
    path = po_file(locale)
    old = Catalog(locale=locale)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=locale)
    convert = OpenCC("s2twp").convert if locale == "zh_Hant" else None
    new = Catalog(
        locale=locale, project="award-bot", version="1", fuzzy=False, header_comment="",
        msgid_bugs_address=None,
    )  # fmt: skip
    new.creation_date = new.revision_date = old.creation_date
    for message in sorted(found):
        known = old.get(message)
        text = convert(message) if convert else (known.string if known else "")
        new.add(message, text, locations=sorted({(file, 0) for file, _ in found[message]}))
    return new


def po_file(locale: str) -> Path:
    """Where the catalog of a locale is kept."""
    return LOCALES / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def written(catalog: Catalog) -> tuple[bytes, bytes]:
    """A catalog as its two files: for people (.po) and for the program (.mo)."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalog, width=100, omit_header=True, include_lineno=False)
    write_mo(mo, catalog)
    return po.getvalue(), mo.getvalue()


def main() -> int:
    """Bring all catalogs up to date; exit 1 if a message has no English."""
    found = messages()
    silent = []
    for locale in ("zh_Hant", "en"):
        catalog = update(locale, found)
        path = po_file(locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        po, mo = written(catalog)
        path.write_bytes(po)
        path.with_suffix(".mo").write_bytes(mo)
        silent += [m.id for m in catalog if m.id and not m.string and locale == "en"]
    for message in silent:
        sys.stderr.write(f"no English yet: {message}\n")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
