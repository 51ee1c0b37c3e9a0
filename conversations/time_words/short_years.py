"""Whether 19年 is the year 2019 or nineteen years: its neighbours tell, or nobody does."""

import re

from conversations.numerals import read_about

_CALENDAR_AFTER = re.compile(
    r"度|的?年?[初中底末尾]|的?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|元)月|的?[上下]半年"
    r"|的?第?[一二三四1-4]季|的?q[1-4]|的?[春夏秋冬]|的?(?:国庆|五一|元旦|中秋|端午|清明|十一)"
)
_YEAR_AFTER = re.compile(
    r"的时候|的(?!历史|经验|时间|工龄|老)|[就才拿取获得建开办评入起发被由在创推颁]|通过|成立|注册|认证|导入|实施"
    r"|引入|引进|下来|参加|以来|至今|到现在|到今天|投产|设立|那年|那会"
)
_LENGTH_AFTER = re.compile(r"了|的?(?:历史|经验|时间|工龄|老)")
_YEAR_BEFORE = re.compile(r"(?:[从自于是打]|(?<!现)在)$")
_LENGTH_BEFORE = re.compile(r"(?:[了有已共做干用满过搞]|已经|成立|经营|运营|运行|从事|工作)$")
_SURELY_YEAR = 70


def is_year(number: str, before: str, after: str) -> bool | None:
    """Whether ``number``年 between ``before`` and ``after`` is a year; ``None`` if it may be both.

    ``number`` is two digits, in figures or in Chinese digits; a length of time otherwise.
    """
    if _CALENDAR_AFTER.match(after) or number[0] in "0零〇○":
        return True
    year = bool(_YEAR_AFTER.match(after) or _YEAR_BEFORE.search(before))
    length = bool(_LENGTH_AFTER.match(after) or _LENGTH_BEFORE.search(before))
    if not number.isascii():
        if read_about(number) is None:
            # 一九年 is never said for nineteen years.
            return True
        return None if year or (number[0] in "七八九" and not length) else False
    if year != length:
        return year
    return True if not length and int(number) >= _SURELY_YEAR else None
