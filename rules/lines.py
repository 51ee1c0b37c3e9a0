"""Where in a data file something stands: TOML readers keep no line numbers."""

import re


def line_of(text: str, loc: tuple[int | str, ...]) -> int | None:
    """The line (from 1) of a key path such as ``("criterion", 3, "rule", "years")``.

    The table it stands in, if the key itself is not found; ``None`` if neither is.
    """
    if not loc:
        return None
    lines = text.splitlines()
    if len(loc) > 1 and isinstance(loc[1], int):
        headings = [n for n, line in enumerate(lines) if line.strip() == f"[[{loc[0]}]]"]
        if loc[1] >= len(headings):
            return None
        start, keys = headings[loc[1]], loc[2:3]
    elif f"[{loc[0]}]" in (stripped := [line.strip() for line in lines]):
        start, keys = stripped.index(f"[{loc[0]}]"), loc[1:2]
    else:
        start, keys = -1, loc[:1]
    end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith("[")), len(lines))
    for key in keys:
        for number in range(start + 1, end):
            if re.match(rf"\s*{re.escape(str(key))}\b", lines[number]):
                return number + 1
    return start + 1 if start >= 0 else None
