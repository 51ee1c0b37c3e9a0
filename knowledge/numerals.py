"""Chinese numerals as articles and items are numbered: 一 to 九十九."""

_DIGITS: tuple[str, ...] = ("", *"一二三四五六七八九")


def write_number(number: int) -> str:
    """Write 1 to 99 in Chinese numerals (10 is 十, 22 is 二十二); ValueError for any other."""
    if not 1 <= number <= 99:
        raise ValueError(f"only 1 to 99 are written as provision numbers, not {number}")
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + _DIGITS[ones]


_NUMBERS = {write_number(number): number for number in range(1, 100)}


def read_number(text: str) -> int | None:
    """Read what `write_number` writes; None for anything else."""
    return _NUMBERS.get(text)
