"""What may stand around a date without changing what it says.

A text is read only if every word in it is known: whatever is missing here (a negation, an expiry,
a plan, a name) makes the text not understood, so that nothing is half-understood.
"""

import re
from functools import cache

_OTHER_ZH = """
肯定 确定 准确 确切 具体 持续 连续 公元 是的 对的 没错 对 嗯嗯 嗯 哦 噢 啊 呀 呢 嘛 啦 哈 哎 唉
喔 您好 你好 请问 这样 了 是 在 于 就 才 也 都 已经 已 曾经 曾 一直 总共 一共 共 正式 当时 时候
那时候 那时 那会儿 其实 主要 那 这 其 由 给 从 自从 自 打 起 开始 以来 至今为止 至今 到现在为止
到现在 到今天 到目前为止 到目前 迄今 为止 我们公司 我们 我司 我厂 我 咱们 咱 本公司 本企业 本单位
本人 公司 企业 单位 工厂 集团 组织 机构 厂子 厂里 厂 他们 它 有的 有了 有 这个 那个 个人 上午
下午 中午 早上 晚上 时间 日期 年份 月份 期间 那天 当天 那年 当年 首次 第一次 初次 首张 第一张
经验 历史 营业执照 执照 证书 认证证书 证 质量管理体系 环境管理体系 管理体系 质量体系 体系 质量
管理 环境 职业健康 安全 卓越绩效管理模式 卓越绩效模式 卓越绩效 卓越 绩效 模式 标准 贯标 三体系
商标 注册商标 发明专利 专利 首席质量官 制度 标准化 政府质量奖 市长质量奖 区长质量奖 县长质量奖
省质量奖 质量金奖 质量奖 提名奖 金奖 奖项 奖 称号 荣誉 行政处罚 处罚决定 处罚 罚款 决定 事故 记录
情况 投诉 通报 抽检 抽查
"""
_EVENTS_ZH = """
认证 成立 创立 创办 创建 建立 建厂 建成 建 注册 登记 设立 组建 开办 开业 开张 开工 投产 生产 经营
运营 运行 营业 上市 通过了 通过 取得 取到 获得 获证 获奖 获评 获批 获 得到 得奖 得 拿到 拿下来
拿下 拿证 拿奖 拿 收到 接到 领到 领 发证 颁发 颁证 颁 签发 核发 下发 发放 发的 发 下来 批准
批下来 批 办下来 办理 办好 办 评上 评为 评 认定 授予 表彰 导入 引入 引进 推行 推广 实施 采用 应用
使用 用 开展 执行 做 搞 干 从事 工作 入行 入职 参加 进 来 当 担任 发生 出 被 受 过
"""
_OTHER_EN = """
sometime yes yeah yep ok okay well so it it's its that that's this these the was were is are be
been has have had we we've we're our ours us i i've my me they he she his her at on of in from
since for already now ever date day time year month there their and company enterprise business
firm factory plant organisation organization certificate certificates certification cert iso qms
quality management system excellence model performance award prize licence license patent
trademark accident penalty fine decision first initially originally officially back all a an us
sgs tuv bv dnv cqc bsi lrqa experience history continuously
"""
_EVENTS_EN = """
certified got get gotten getting received receive obtained obtain obtaining issued awarded
granted given won win passed founded established registered incorporated set up started start
starting began begin begun opened open operating operation operations running using use used
implementing implemented introduced introducing adopted adopting working work worked working done
doing happened occurred took taken came
"""
_STANDARD = (
    r"(?:(?:iso(?:/ts|/iec)?|iatf|ohsas|gb(?:/[tz])?|as|en|qc|sa)[ -]?\d{4,5}(?:\.\d+)?"
    r"|(?<!\d)(?:9001|9004|14001|45001|19001|19580|24001|28001|13485|16949|27001|22000|50001)"
    r"(?!\d))"
    # The edition that follows, as in ISO 9001:2015, is not the year that was asked for.
    r"(?:[-: ]?(?:1994|2000|2004|2008|2011|2012|2015|2016|2018|2020)(?![\d年]))?(?!\d)"
)
_NOT = "不没未无非别前后以到至止年月日天半等备请划算想筹"
_WHERE_BY = (
    rf"(?:在|由)(?:[^\W\da-z{_NOT}]{{1,12}}?(?:[区市县省园镇乡局院会部]|中心|公司|机构)"
    r"|青山湖|连云港|长宁|吉安|钦州|本地|当地|上海|南昌|江西|江苏|广西|北京)"
)
_MARKS = r"""[.。;:!"'()\[\]「」『』《》、*…]"""


@cache
def _pattern() -> re.Pattern[str]:
    def alternatives(words: str) -> str:
        longest_first = sorted(words.split(), key=len, reverse=True)
        return "|".join(re.escape(word) for word in longest_first)

    return re.compile(
        rf"(?P<other>{_STANDARD}|{_WHERE_BY}|{_MARKS}|{alternatives(_OTHER_ZH)}"
        rf"|(?<![a-z])(?:{alternatives(_OTHER_EN)})(?![a-z]))"
        rf"|(?P<event>(?<![a-z])(?:{alternatives(_EVENTS_EN)})(?![a-z])|{alternatives(_EVENTS_ZH)})"
    )


def match_filler(text: str, start: int) -> tuple[bool, int] | None:
    """Read one such word in the folded ``text``: whether it names an event, and where it ends."""
    match = _pattern().match(text, start)
    return (match["event"] is not None, match.end()) if match else None
