"""Yes, no, and "I don't know", as people type them.

A text is cut into clauses, and every clause must be understood and say the same. What holds a
question, a doubt, a condition or a contradiction is neither yes nor no.
"""

import re

from conversations.text import MAX_LENGTH
from knowledge.fold import fold

_STOPS = re.compile(r"[,.。;:!、~…]+")
_STOPS_AND_SPACES = re.compile(r"[,.。;:!、~…\s]+")
_SPACE = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_PARTICLES = re.compile(r"[了啊的呢吧呀哦噢嘛啦哈哟喔哎嗯]+$")
_REPEATED = re.compile(r"(.{1,3}?)\1+")
# These hold a "no" and mean something else.
_BAD = re.compile("不良|不合格|不诚信|不达标|不合规")

_QUESTION = re.compile(
    r"[?]|吗|么$|有没有|有木有|有无|是不是|对不对|是否|能不能|可不可以|行不行|符不符合|属不属于"
    r"|什么|怎么|为何|哪|多少|\b(?:what|why|how|when|which|who|whether)\b"
)
_DOUBT = re.compile(
    r"可能|应该|也许|大概|大约|好像|似乎|估计|差不多|不一定|不好说|说不|确定|不知|不清|不太|部分|有些|有的有|有时"
    r"|有点|基本|算是|以前|之前|曾经|快|正在|准备|打算|计划|(?<!没)(?<!没有)(?<!已)(?<!已经)申请|申请中|如果|要是|假如|但|不过|可是|除|只是|暂定|后来"
    r"|过期|到期|失效|吊销|撤销|注销|取消|停|丢|终止|中断"
    r"|\b(?:maybe|perhaps|probably|possibly|might|may|think|guess|believe|depends?|but|except"
    r"|although|though|if|unless|until|used|partly|some|sometimes|almost|nearly|always|doubt"
    r"|comment|expired|lost|soon|plan|planning)\b"
)

_WE = r"(?:我们公司|我们企业|我公司|我单位|本公司|本企业|我们|我司|我厂|咱们|咱|我|公司|企业|单位)"
_SURELY = (
    r"(?:目前|现在|暂时|一直|确实|真的|其实|肯定|绝对|当然|全部|全都|全|都|也|均|早就|已经|早已|已|至今|到现在"
    r"|这个|这些|那个|(?:最?近|过去)?[一二两三四五六七八九十\d]{1,2}年(?:以?来|内|之内|以内|里|间)?)"
)
# Atomic: 全都 is never tried again as 全, 都, so that no text takes long.
_LEAD = rf"(?>{_WE}|{_SURELY})*"
_THING = r"(?:(?:iso ?|gb|iatf ?)?[^\W_a-z不没未无非否别有是]{1,20})?"
_YES = re.compile(
    rf"{_LEAD}(?:有过?(?![些点可待时望限效意关人计打准必利害所条]){_THING}|是|是这样|对|属于|具备"
    rf"|符合(?:要求|条件|规定)?|满足(?:要求|条件)?|(?:发生|出)过{_THING}|(?:拿|办|做|得|取)到"
    r"|(?:通过|注册|完成|办理|取得|获得)过?|需要|要|可以|能|会|行|好|确认|同意|没错|没有错|没问题|没毛病|不错"
    r"|(?:今年)?已经?(?:报名?|申报|申请|提交|交)过?|在|当然|肯定|已经|早就|嗯|ok|yes|√|✓|✔)"
)
_NOT_A_NO = (
    "准|想|查|看|听|懂|明白|说|算|注意|记|关系|事$|必要|办法|空|把握|数|印象|问题|错|毛病|法"
)
_NO = re.compile(
    rf"(?>{_WE}|{_SURELY}|从来|从|并|还|尚|暂|根本|完全)*(?:没有?(?!{_NOT_A_NO}){_THING}"
    rf"|不是|不对|不行|不可以|不能|不会|不需要|不用|不要|不属于|不符合(?:要求|条件|规定)?|不具备|不满足|不存在"
    rf"|今年(?:还|也|并)?没有?(?:报名?|申报|申请|提交)过?|不在|不出口|不同意|拒绝|[未不]曾(?:有|发生|出现)?过?|否|不"
    rf"|未(?:发生|出现|取得|获得|通过|注册|办理|拿到){_THING}|未|无(?![所法论非意关异一例]){_THING}"
    r"|木有|一[个项次件起]也?都?没有?|×|✗|✘)"
)
_SINCE = re.compile(
    r"(?:19|20)?\d\d年(?:\d{1,2}月)?(?:\d{1,2}[日号])?[就才]?(?:拿到?|取得|注册|通过|办|发|成立)?"
    r"|(?:since|in) (?:19|20)\d\d"
)

_HAVE = r"(?:do|have|has|did|does|are|is|am|can|will)"
_WHO = r"(?:we|i|it|they|he|she|that|this|our company|the company|there)"
_REST = r"(?: [a-z0-9 /-]{1,40})?"
_YES_EN = re.compile(
    rf"yes|yeah|yep|yup|ya|y|sure|ok|okay|of course|certainly|definitely|absolutely|correct|right"
    rf"|true|indeed|exactly|affirmative|all of them|that is (?:right|correct|true)"
    rf"|{_WHO}(?: already)? {_HAVE}{_REST}"
)
_NO_EN = re.compile(
    rf"no|nope|nah|n|none(?: at all| of them)?|never(?: had any)?|not yet|not at all|not any"
    rf"|nothing|negative|false|incorrect|wrong"
    rf"|(?:of course|certainly|definitely|absolutely) not|no (?!issue|problem)[a-z ]{{2,40}}"
    rf"|(?:{_WHO} )?{_HAVE} not{_REST}|{_WHO} (?:(?:have|has) )?(?:had )?(?:no|none|never){_REST}"
    rf"|there (?:is|are|was|were) (?:no|none){_REST}"
)
_NEGATION = re.compile(r"(?<![a-z])(?:no|not|never|none|nothing|without|neither|nor|nope)(?![a-z])")
_ASSENT = re.compile(r"\b(?:yes|yeah|yep|yup)\b")
_FIRST_WORD = re.compile(
    rf"^(yes|yeah|yep|yup|no|nope|nah) (?={_WHO} |{_HAVE} |of course|not |never|none|please)"
)
_SHORT_FORMS = (
    (re.compile(r"\b(do|have|has|did|does|are|is|wo|ca)n'?t\b"), r"\1 not"),
    (re.compile(r"\b(it|that|he|she|there)'s\b"), r"\1 is"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"\bi'?m\b"), "i am"),
)

_UNKNOWING_ZH = re.compile(
    r"(?>我们?|也|都|真的?|还|暂时?|目前|现在|具体|这个|那个|确实|可能|一下子|实在|时间|日期|情况)*"
    r"(?:不知道?|不晓得|不(?:太|大|是很)?(?:清楚|确定|了解|记得)|说不(?:准|清|好)|不好说|没(?:有)?把握"
    r"|忘记?|记不(?:太)?(?:清楚?|得|住)|想不起来?|没查过?|待查|待确认|没(?:有)?印象|未知|不详|无法确定|没数"
    r"|(?>得|要|需要?|还要|还得|先|回头|去|让我)+(?:查|问|确认|核实)(?:一下|查|问|一查|再说|下|看)*"
    r"|(?:查|问|确认|核实)(?:一下|查|问|一查|下|看)+)"
    r"(?:有没有|是不是|是否|有无|具体|时间|日期|情况|哪年|哪天|什么时候|多少|几[年个项]|这个|再说|怎么算)*[了啊的呢吧呀哦]*"
)
_UNKNOWING_EN = re.compile(
    r"(?>(?:i|we|sorry|really|honestly|still|just|have|am|are|is|it|that)[ ,]+)*"
    r"(?:(?:do not|dont) (?:really )?(?:know|remember|recall)|dunno|idk|unsure|unknown|tbd|tbc"
    r"|not (?:quite |very |really |so |too )?(?:sure|certain)|no (?:idea|clue)"
    r"|(?:can ?not|cannot|cant|ca not) (?:say|tell|remember|recall)|forgot(?:ten)?|hard to say"
    r"|(?>(?:let me|need to|have to|must|will|to) )+(?:be )?check(?:ed)?)(?: (?:it|that|this|yet))?"
)


def read_yes_no(text: str) -> bool | None:
    """Read a yes or a no; ``None`` for anything that is not plainly one of them."""
    folded = _folded(text)
    if not folded or is_dont_know(text):
        return None
    if folded.isascii():
        folded = _spelt_out(folded)
    # 没有没有 holds 有没有 and is no question.
    if repeated := _REPEATED.fullmatch(folded):
        folded = repeated[1]
    if _QUESTION.search(folded) or _DOUBT.search(folded):
        return None
    if folded.isascii():
        folded = _FIRST_WORD.sub(r"\1,", folded.replace("no problem", "okay"))
        return _together([_clause_en(part.strip()) for part in _STOPS.split(folded)])
    folded = _BAD.sub("劣", folded)
    whole = _together([_clause_zh(part) for part in _STOPS.split(_SPACE.sub("", folded))])
    if whole is None and " " in folded:
        return _together([_clause_zh(part) for part in _STOPS_AND_SPACES.split(folded)])
    return whole


def is_dont_know(text: str) -> bool:
    """Whether ``text`` says that the writer does not know, and nothing else."""
    folded = _folded(text)
    if folded and not folded.strip("? "):
        return True
    if folded.isascii():
        folded = _spelt_out(folded).strip(" .,!~")
        return bool(_UNKNOWING_EN.fullmatch(folded))
    folded = _STOPS_AND_SPACES.sub("", folded)
    return len(folded) > 1 and bool(_UNKNOWING_ZH.fullmatch(folded))


def _folded(text: str) -> str:
    if len(text) > MAX_LENGTH:
        return ""
    return fold(text).replace("’", "'")


def _spelt_out(text: str) -> str:
    for short, full in _SHORT_FORMS:
        text = short.sub(full, text)
    return text


def _together(answers: list[bool | str | None]) -> bool | None:
    """What all clauses say; "" is an empty clause and "since" a date, which goes with a yes."""
    said = {answer for answer in answers if answer != ""}
    if said in ({True}, {True, "since"}):
        return True
    return False if said == {False} else None


def _clause_zh(clause: str) -> bool | str | None:
    if not clause:
        return ""
    if _NEGATION.search(clause):
        return None
    repeated = _REPEATED.fullmatch(clause)
    clause = repeated[1] if repeated else clause
    clause = _PARTICLES.sub("", clause) or clause[:1]
    if _YES.fullmatch(clause):
        return True
    if _NO.fullmatch(clause):
        return False
    return "since" if _SINCE.fullmatch(clause) else None


def _clause_en(clause: str) -> bool | str | None:
    if not clause or clause in ("please", "thanks", "thank you"):
        return ""
    denials = len(_NEGATION.findall(clause))
    if denials == 0 and _YES_EN.fullmatch(clause):
        return True
    if denials <= 1 and not _ASSENT.search(clause) and _NO_EN.fullmatch(clause):
        return False
    return "since" if _SINCE.fullmatch(clause) else None
