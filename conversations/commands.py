"""Words that do something wherever they are said, such as 返回, 菜单, 不知道, back and help."""

from conversations.command_words import GREETINGS, LOCALES, OFFICERS_WORDS, THANKS, WORDS
from conversations.language import language
from knowledge.fold import fold
from rules.messages import message

# What can be typed after a slash, with what it does.
COMMANDS = {
    "menu": message("回到菜单"),
    "back": message("上一题"),
    "why": message("为什么问这个"),
    "result": message("看目前的结果"),
    "change": message("改一项回答"),
    "day": message("换一个申报日期"),
    "award": message("换一个奖"),
    "quick": message("只要结论"),
    "full": message("逐条问完"),
    "list": message("看保存的自查"),
    "deadlines": message("前面有哪些日子"),
    "remind": message("提醒我，比如 /remind 3月15日 内审"),
    "waiting": message("获过奖，多久能再报"),
    "plan": message("从截止日倒排时间表"),
    "settings": message("提前几天、几点提醒"),
    "topics": message("问办法里的问题"),
    "ask": message("问工作人员"),
    "questions": message("我的提问，答复到哪一步了"),
    "language": message("换语言"),
    "cancel": message("先停一停，答案都留着"),
    "privacy": message("留下了什么，怎么看、怎么删"),
    "export": message("导出我的数据"),
    "forget": message("删除我的数据"),
    "help": message("怎么用"),
}
# An English word that can be an answer: it is a command only after a slash.
_SLASH_ONLY = frozenset({"export", "ask", "questions"})

# Nobody but an officer learns of these: they stand in no list but an officer's own.
_OFFICERS = {
    "desk": message("看要答的提问"),
    "answers": message("办公室自己的答复，有人问就用"),
    "canned": message("常用答复，答提问时用"),
    "rounds": message("发布、修改申报通知"),
    "broadcast": message("给关注的人发消息"),
    "stats": message("看统计"),
}
_ADMINISTRATORS = {"staff": message("工作人员：邀请、移出、看记录")}
_NAMES = {word: name for name, words in WORDS.items() for word in words}


def commands(locale: str) -> tuple[tuple[str, str], ...]:
    """What can be typed after a slash: each name with what it does, in this language."""
    say = language(locale).say
    return tuple((name, say(about)) for name, about in COMMANDS.items())


def officers_commands(locale: str, *, admin: bool) -> tuple[tuple[str, str], ...]:
    """What officers can type besides, with what only administrators can."""
    say = language(locale).say
    known = {**_OFFICERS, **(_ADMINISTRATORS if admin else {})}
    return tuple((name, say(about)) for name, about in known.items())


def command_of(text: str) -> str | None:
    """The command that a text is, if it is nothing else."""
    folded = _bare(text)
    if folded in WORDS and folded not in _SLASH_ONLY:
        return folded
    return _NAMES.get(folded)


def officers_command_of(text: str) -> str | None:
    """The officers' command that a text is, if it is nothing else."""
    folded = _bare(text)
    return next((name for name, words in OFFICERS_WORDS.items() if folded in words), None)


def locale_of(text: str) -> str | None:
    """The language that a text asks for, if it is nothing else."""
    folded = _bare(text)
    return next((locale for locale, words in LOCALES.items() if folded in words), None)


def is_greeting(text: str) -> bool:
    """Whether a text only greets."""
    return _bare(text) in GREETINGS


def is_thanks(text: str) -> bool:
    """Whether a text only thanks."""
    return _bare(text) in THANKS


def _bare(text: str) -> str:
    return fold(text).rstrip("。.!~?,")
