"""Words that do something wherever they are said, such as 返回, 菜单, 不知道, back and help."""

from conversations.language import language
from conversations.text import fold
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

# Traditional characters are folded to simplified ones; the words may be others there: 选单, 资料.
_WORDS = {
    "menu": ("菜单", "主菜单", "回到菜单", "首页", "main menu", "选单", "主选单", "回到选单"),
    "back": ("返回", "上一题", "上一步", "后退", "退回", "回上一题", "previous", "go back"),
    "why": (
        "为什么",
        "为什么问",
        "为啥",
        "为什么问这个",
        "依据",
        "什么依据",
        "why do you ask",
        "why ask",
    ),
    "result": ("结果", "看结果", "看目前结果", "目前结果", "结论", "results", "result so far"),
    "change": (
        "修改",
        "改答案",
        "改一项",
        "改一项回答",
        "修改答案",
        "改回答",
        "改",
        "edit",
        "change an answer",
    ),
    "day": ("换日期", "换一天", "换一个申报日期", "改日期", "another day"),
    "award": ("换一个奖", "换个奖", "换奖", "another award"),
    "quick": ("只要结论", "快速", "快一点", "quick mode", "quick conclusion"),
    "full": ("逐条问完", "逐条", "全部问完", "逐条问完,列出所有差距", "full mode", "full check"),
    "list": (
        "记录",
        "我的记录",
        "保存的记录",
        "保存的自查",
        "看保存的自查",
        "储存的记录",
        "储存的自查",
        "看储存的自查",
        "saved",
        "saved checks",
    ),
    "deadlines": (
        "提醒",
        "期限",
        "截止",
        "截止日",
        "截止日期",
        "日程",
        "日期和提醒",
        "我的日子",
        "前面有哪些日子",
        "日期与提醒",
        "reminders",
        "dates",
        "deadline",
        "dates and reminders",
    ),
    "remind": ("提醒我", "remind me"),
    "waiting": (
        "再次申报",
        "再申报",
        "多久能再报",
        "多久可以再报",
        "多久能再申报",
        "多久可以再申报",
        "什么时候能再报",
        "什么时候可以再报",
        "什么时候能再申报",
        "什么时候可以再申报",
        "获过奖,多久能再报",
        "间隔期",
        "waiting period",
        "when may we apply again",
        "when can we apply again",
    ),
    "plan": (
        "倒排",
        "时间表",
        "倒排时间表",
        "看倒排时间表",
        "从截止日倒排时间表",
        "plan backwards",
    ),
    "settings": (
        "提醒设置",
        "提醒设定",
        "设置提醒",
        "设定提醒",
        "设置",
        "设定",
        "reminder settings",
    ),
    "ask": ("问工作人员", "转给工作人员", "问办公室", "问问工作人员", "ask the office"),
    "questions": ("我的提问", "我的问题", "看全部提问", "提问进展", "my questions"),
    "language": ("语言", "换语言", "languages"),
    "cancel": (
        "取消",
        "退出",
        "先停一停",
        "停",
        "不问了",
        "先不弄了",
        "结束",
        "quit",
        "exit",
        "stop",
    ),
    "privacy": ("隐私", "隐私说明", "隐私政策", "我的隐私", "留下了什么", "privacy policy"),
    "export": (
        "导出",
        "导出数据",
        "导出我的数据",
        "我的数据",
        "导出资料",
        "导出我的资料",
        "汇出",
        "汇出资料",
        "汇出我的资料",
        "我的资料",
        "export my data",
        "export data",
        "my data",
    ),
    "forget": (
        "删除我的数据",
        "删掉我的数据",
        "删除数据",
        "删除全部数据",
        "删除所有数据",
        "清除数据",
        "删除我的资料",
        "删掉我的资料",
        "删除资料",
        "删除全部资料",
        "删除所有资料",
        "清除资料",
        "忘记我",
        "忘掉我",
        "忘了我",
        "delete my data",
        "delete all my data",
        "forget me",
    ),
    "help": ("帮助", "怎么用", "使用说明", "救命", "h"),
    "dont_know": ("不知道", "不知", "i don't know", "don't know"),
    "articles": ("看条文", "条文", "看条文原文", "原文", "articles"),
    "continue": ("继续", "接着问", "接着往下问", "接著问", "接著往下问", "go on"),
}
# Nobody but an officer learns of these: they stand in no list of commands.
_OFFICERS_WORDS = {
    "rounds": ("rounds", "申报通知", "发布申报通知", "管理申报通知"),
    "broadcast": ("broadcast", "群发", "群发消息"),
    "answers": ("answers", "办公室的答复", "管理答复", "office answers"),
    "canned": ("canned", "常用答复", "canned answers"),
    "stats": ("stats", "统计", "看统计", "figures"),
    "desk": ("desk", "待办", "看待办", "工作台", "待答"),
    "invite": ("邀请同事",),
}
_LOCALES = {
    "zh_Hant": ("繁体", "繁体中文", "正体", "traditional"),
    "zh_Hans": ("简体", "简体中文", "中文", "simplified", "chinese"),
    "en": ("english", "英文", "英语"),
}
_GREETINGS = (
    "你好",
    "您好",
    "在吗",
    "喂",
    "hi",
    "hello",
    "hey",
    "早上好",
    "下午好",
    "晚上好",
    "嗨",
)

_THANKS = ("谢谢", "谢谢您", "谢谢你", "好的谢谢", "好的,谢谢", "多谢", "感谢", "辛苦了", "谢了",
           "thanks", "thank you", "thx", "many thanks")  # fmt: skip


_NAMES = {word: name for name, words in _WORDS.items() for word in words}


def commands(locale: str) -> tuple[tuple[str, str], ...]:
    """What can be typed after a slash: each name with what it does, in this language."""
    say = language(locale).say
    return tuple((name, say(about)) for name, about in COMMANDS.items())


def command_of(text: str) -> str | None:
    """The command that a text is, if it is nothing else."""
    folded = _bare(text)
    if folded in _WORDS and folded not in _SLASH_ONLY:
        return folded
    return _NAMES.get(folded)


def officers_command_of(text: str) -> str | None:
    """The officers' command that a text is, if it is nothing else."""
    folded = _bare(text)
    return next((name for name, words in _OFFICERS_WORDS.items() if folded in words), None)


def locale_of(text: str) -> str | None:
    """The language that a text asks for, if it is nothing else."""
    folded = _bare(text)
    return next((locale for locale, words in _LOCALES.items() if folded in words), None)


def is_greeting(text: str) -> bool:
    """Whether a text only greets."""
    return _bare(text) in _GREETINGS


def is_thanks(text: str) -> bool:
    """Whether a text only thanks."""
    return _bare(text) in _THANKS


def _bare(text: str) -> str:
    return fold(text).rstrip("。.!~?,")
