"""A small made-up regulation, whole, for tests that damage it or set editions side by side."""

from hashlib import sha256

FRONT = """\
+++
award = "small"
title = "小城质量奖管理办法"
issuer = "小城人民政府"
in_force_from = 2020-01-01
repeals = []
edition = "2020"
digest = "{digest}"
quotation = "What follows is quoted."
+++
"""

BODY = """
小城人民政府文件

## 第一章 总则

第一条 为了质量。

第二条 申报应当具备下列条件：

（一）经营三年；

其中连续两年；

（二）没有事故。

前款自申报日起计算。

## 第二章 附则

第三条(施行)
自发布之日起施行。

---

附件
"""

PRINTED = (
    "小城人民政府文件第一章总则第一条为了质量。第二条申报应当具备下列条件："
    "（一）经营三年；其中连续两年；（二）没有事故。前款自申报日起计算。"
    "第二章附则第三条(施行)自发布之日起施行。附件"
)


def small_regulation() -> str:
    """Give the text of a regulation's file that has every kind of paragraph."""
    return FRONT.format(digest=sha256(PRINTED.encode()).hexdigest()) + BODY
