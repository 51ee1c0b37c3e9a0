"""Yes, no, and "I don't know", as people type them.

A text is cut into clauses, and every clause must be understood and say the same. What holds a
question, a doubt, a condition or a contradiction is neither yes nor no.
"""

import re

from conversations.text import MAX_LENGTH, fold

_STOPS = re.compile(r"[,.。;:!、~\s…]+")
_PARTICLES = re.compile(r"[了啊的呢吧呀哦噢嘛啦哈哟喔哎嗯]+$")
_QUESTION = re.compile(
    r"[?]|吗|[么嘛]$|有没有?有|有没有|是不是|对不对|是否|有无|能不能|可不可以|行不行|符不符合|属不属于|什么|怎么"
    r"|为何|哪|多少|\b(?:what|why|how|when|which|who|whether)\b"
)
_DOUBT = re.compile(
    r"可能|应该|也许|大概|大约|好像|似乎|估计|差不多|不一定|不好说|说不|不确定|确定不|不知|不清|不太|部分|有些|有的有"
    r"|有时|有点|基本|算是|以前|之前|曾经|快|正在|准备|打算|计划|申请|如果|要是|假如|但|不过|可是|除|只是|暂定"
    r"|\b(?:maybe|perhaps|probably|possibly|might|may|think|guess|believe|sure|certain|depends?|but"
    r"|except|although|though|if|unless|until|used|partly|some|sometimes|almost|nearly|always"
    r"|doubt|idea|clue|know|comment|expired|lost|soon|planning|plan)\b"
)
# These hold a "no" and mean something else.
_HARMLESS = (("不良", "劣"), ("不合格", "劣"), ("不诚信", "失信"), ("不达标", "劣"), ("不合规", "劣"))
_MY = r"(?:我们公司|我们企业|我们|我司|我厂|我公司|我单位|咱们|咱|我|本公司|本企业|公司|企业|单位)"
_NOW = (
    r"(?:目前|现在|暂时|一直|确实|真的|其实|肯定|绝对|当然|全部|全都|全|都|也|均|早就|已经|已|早已|至今|到现在"
    r"|这个|这些|那个|(?:最?近|过去)?[一二两三四五六七八九十\d]{1,2}年(?:以?来|内|之内|以内|里|间)?)"
)
_LEAD = rf"(?:{_MY}|{_NOW})*"
_THING = r"[^\W_不没未无非否别有是]{1,20}"
_YES = re.compile(
    rf"{_LEAD}(?:有过?(?![些点可待时望限效意关人计打准必利害所条])(?:{_THING})?|是|是这样|对|符合(?:要求|条件|规定)?"
    r"|属于|具备|满足(?:要求|条件)?|发生过|出过|(?:拿|办|做|得|取)到了?过?|(?:通过|注册|完成|办理|取得|获得|拿)了?过?"
    r"|需要|要|可以|能|会|行|好|确认|同意|没错|没有错|没问题|没毛病|不错|当然|肯定|已经|早就|[嗯]|√|✓|✔)"
)
_NO = re.compile(
    rf"(?:{_LEAD}|从来?|从|并|还|尚|暂|根本|完全)*(?:"
    r"没有?(?![准想查看听懂明白说算注意记关事必办空把握数印象问题错毛法])"
    rf"(?:{_THING})?|不是|不对|不行|不可以|不能|不会|不需要|不用|不要|不好|不属于|不符合(?:要求|条件|规定)?|不具备"
    rf"|不满足|不存在|不出口|否|不|未|未(?:发生|出现|取得|获得|通过|注册|办理|拿到)过?(?:{_THING})?|从未"
    rf"|[无劣](?![所法论非意关])(?:{_THING})?|木有|一[个项次件起]也?都?没有?|×|✗|✘)"
)
_DATED = re.compile(r"(?:19|20)?\d\d年(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:就|才)?[拿取得到注册通过办发证成立下来]{0,4}")
_HAVE = r"(?:do|have|has|did|does|are|is|am|can|will)"
_WHO = r"(?:we|i|it|they|he|she|that|this|our company|the company|there)"
_NEGATION = re.compile(r"\b(?:no|not|never|none|nothing|without|neither|nor|nope|n't)\b|n't\b")
_YES_EN = re.compile(
    rf"(?:yes|yeah|yep|yup|ya|y|sure|ok|okay|of course|certainly|definitely|absolutely|correct|right"
    rf"|true|indeed|exactly|no problem|affirmative|all of them|that'?s (?:right|correct|true)"
    rf"|{_WHO}(?: already)? {_HAVE}(?: [a-z0-9 /-]{{1,40}})?)"
)
_NO_EN = re.compile(
    rf"(?:no|nope|nah|n|none|never|not yet|not at all|nothing|negative|false|incorrect|wrong"
    rf"|(?:of course|certainly|definitely|absolutely) not|no (?!problem)[a-z ]{{2,40}}"
    rf"|(?:{_WHO} )?{_HAVE}(?:n't| not)(?: [a-z0-9 /-]{{1,40}})?"
    rf"|{_WHO} (?:have|has)(?: had)? (?:no|none|never)(?: [a-z0-9 /-]{{1,40}})?)"
)
