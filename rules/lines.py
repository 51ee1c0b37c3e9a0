"""Where in an award file something stands: TOML readers keep no line numbers."""

import re


def line_of(text: str, loc: tuple[int | str, ...]) -> int | None:
    """The line (from 1) of a key path such as ``("criterion", 3, "rule", "years")``.

    The table it stands in, if the key itself is not found; ``None`` if neither is.
    """
    lines = text.splitlines()
    start, rest = 0, loc
    if len(loc) > 1 and isinstance(loc[1], int):
        headers = [n for n, line in enumerate(lines) if line.strip() == f"[[{loc[0]}]]"]
        if loc[1] >= len(headers):
            return None
        start, rest = headers[loc[1]], loc[2:]
    elif len(loc) == 0:
        return None
    end = next(
        (n for n in range(start + 1, len(lines)) if lines[n].startswith("[") and start > 0),
        len(lines),
    )
    for part in rest[:1]:
        for number in range(start, end):
            if re.match(rf"\s*{re.escape(str(part))}\b", lines[number]):
                return number + 1
    return start + 1 if start else None
