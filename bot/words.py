"""The few words that are not the conversation's own, by locale."""

from dataclasses import dataclass

from conversations.model import DEFAULT_LOCALE


@dataclass(frozen=True, slots=True)
class Words:
    """Words around a message: ``also`` introduces actions, ``sorry`` answers if a step fails."""

    also: str
    progress: str
    sorry: str
    goodbye: str


_WORDS = {
    "zh_Hans": Words(
        also="（也可以说：{actions}）",
        progress="（{done}/{total}）",
        sorry="抱歉，我这边出了点问题，这句话没有处理好。您之前的回答都还在，请再说一次。",
        goodbye="您的回答已保存，下次接着聊。再见！",
    ),
    "zh_Hant": Words(
        also="（也可以說：{actions}）",
        progress="（{done}/{total}）",
        sorry="抱歉，我這邊出了點問題，這句話沒有處理好。您之前的回答都還在，請再說一次。",
        goodbye="您的回答已保存，下次接著聊。再見！",
    ),
    "en": Words(
        also="(You can also say: {actions})",
        progress="({done}/{total})",
        sorry="Sorry, something went wrong on our side and that message was not dealt with. "
        "Your earlier answers are all kept; please say it once more.",
        goodbye="Your answers are saved; we can go on another time. Goodbye!",
    ),
}


def words(locale: str) -> Words:
    """The words in a language; those of the default one if there are none."""
    return _WORDS.get(locale, _WORDS[DEFAULT_LOCALE])
