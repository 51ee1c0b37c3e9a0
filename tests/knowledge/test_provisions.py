"""Provision ids and labels, checked by hand against the printed texts."""

import pytest

from knowledge.load import REGULATIONS, load_regulation

# award, id, label, how the provision begins, how it ends
PROVISIONS = [
    ("qingshanhu", "art-3", "第三条", "第三条 区长质量奖是", "突出贡献的个人。"),
    ("qingshanhu", "art-8.4", "第八条第（四）项", "（四）负责受理", "组织评审以及宣传和推广工作；"),
    ("qingshanhu", "art-10", "第十条", "第十条 申报区长质量奖组织", "下列基本条件："),
    ("qingshanhu", "art-10.3", "第十条第（三）项", "（三）取得ISO9001", "突出的社会贡献；"),
    ("qingshanhu", "art-10.5", "第十条第（五）项", "（五）积极履行", "无其他违法违规不良记录。"),
    ("qingshanhu", "art-11.1", "第十一条第（一）项", "（一）长期从事", "质量工作 10 年以上；"),
    ("qingshanhu", "art-17.p2", "第十七条", "通过资料评审程序的个人", "报领导小组办公室。"),
    ("qingshanhu", "art-21", "第二十一条", "第二十一条 区人民政府", "一次性奖励1万元。"),
    ("qingshanhu", "art-21.p2", "第二十一条", "已获得国家级", "已奖励的不重复奖励。"),
    ("qingshanhu", "art-21.p3", "第二十一条", "财政全额拨款", "不予奖金奖励。"),
    ("qingshanhu", "art-27.p2", "第二十七条", "获奖后发生质量", "奖牌、证书、奖金。"),
    ("qingshanhu", "art-31", "第三十一条", "第三十一条 本办法", "自发布之日起施行。"),
    ("lianyungang", "art-4", "第四条", "第四条 连云港市市长质量奖每年", "获奖数可少额或空缺。"),
    ("lianyungang", "art-8.1", "第八条第（一）项", "(一) 在连云港市", "正常生产经营3年以上；"),
    ("lianyungang", "art-8.6", "第八条第（六）项", "(六) 积极履行", "销毁或官方通报。"),
    ("lianyungang", "art-9.2", "第九条第（二）项", "(二) 政治立场坚定, ", "信用记录良好;"),
    ("lianyungang", "art-9.4", "第九条第（四）项", "(四) 申报个人", "第八条第六款的规定。"),
    ("lianyungang", "art-10.3", "第十条第（三）项", "(三) 对符合受理", "现场听取演讲陈述。"),
    ("lianyungang", "art-10.4", "第十条第（四）项", "（四）评审专家组", "发展委员会办公室。"),
    ("lianyungang", "art-11.p2", "第十一条", "为引导各类组织", "一次性奖励 10 万元。"),
    ("lianyungang", "art-16", "第十六条", "第十六条 获得连云港", "5 年内不再重新申报。"),
    ("lianyungang", "art-22", "第二十二条", "第二十二条 本办法", "同时废止。"),
    ("changning", "art-2", "第二条", "第二条(奖项设置)上海市长宁区", "先进质量管理成果。"),
    ("changning", "art-2.2", "第二条第（二）项", "(二)长宁区质量金奖", "先进质量管理成果。"),
    ("changning", "art-3.p2", "第三条", "每次长宁区区长质量奖", "可少额或空缺。"),
    ("changning", "art-16", "第十六条", "第十六条(先进质量管理模式申报条件)申", "以下条件："),
    ("changning", "art-16.6", "第十六条第（六）项", "(六)近3年未", "无严重失信行为。"),
    ("changning", "art-17", "第十七条", "第十七条(先进质量管理成果申报条件)申", "以下条件："),
    ("changning", "art-18", "第十八条", "第十八条(避免重复申报)组织", "再次申报曾获奖项。"),
    ("changning", "art-22", "第二十二条", "第二十二條(資料評審)評審組", "質量改進建議。"),
    ("changning", "art-22.p2", "第二十二条", "評審辦根據", "反饋資料評審報告。"),
    ("changning", "art-25.p2", "第二十五条", "評審會審議", "5個工作日的公示。"),
    ("changning", "art-26.p2", "第二十六条", "奖励标准为：", "管理成果 1 万元/名。"),
    ("changning", "art-28", "第二十八条", "第二十八条", "(评审纪律)"),
    ("changning", "art-28.3", "第二十八条第（三）项", "(三)评审人员", "主动提出回避。"),
    ("changning", "art-39", "第三十九条", "第三十九条(实施日期)本办法", "同时废止。"),
    ("jian", "art-2.p2", "第二条", "市长质量奖是吉安市", "建设质量强市。"),
    ("jian", "art-5", "第五条", " 第五条获得市长质量奖", "可继续申报市长质量奖。"),
    ("jian", "art-10.5", "第十条第（五）项", "（五）从事生产", "位于同行业前列；"),
    ("jian", "art-10.6", "第十条第（六）项", "（六）积极履行", "违规、违纪行为；"),
    ("jian", "art-11.7", "第十一条第（七）项", "（七）个人所属", "标准化证书。"),
    ("jian", "art-12.p2", "第十二条", "申报材料不得涉及", "应当予以注明。"),
    ("jian", "art-13.2", "第十三条第（二）项", "（二）自愿申报。", "提供相关的材料。"),
    ("jian", "art-13.2.p2", "第十三条第（二）项", "井冈山经开区、", "市质量强市办；"),
    ("jian", "art-13.3.p2", "第十三条第（三）项", "对未被列入", "书面说明理由；"),
    ("jian", "art-13.8", "第十三条第（八）项", "（八）批准发布。", "向社会公布。"),
    ("jian", "art-14.p2", "第十四条", "市质量强市领导小组应当", "调查处理。"),
    ("jian", "art-22", "第二十二条", "第二十二条获奖组织", "并向社会公开。"),
    ("jian", "art-22.p2", "第二十二条", " 获奖组织和个人自获奖", "并向社会公开。"),
    ("qinzhou", "art-3.2", "第三条第（二）项", "(二) 企业", "自愿申请。"),
    ("qinzhou", "art-7", "第七条", "第七条 钦州市", "（以下简称评审委员会）。"),
    ("qinzhou", "art-7.p2", "第七条", "评审委员会", "主要职责："),
    ("qinzhou", "art-7.2", "第七条第（二）项", "(二) 研究解决", "重大事项。"),
    ("qinzhou", "art-9.8", "第九条第（八）项", "(八)承担", "其他工作。"),
    ("qinzhou", "art-13.3", "第十三条第（三）项", "(三)积极推广", "质量效益突出。"),
    ("qinzhou", "art-13.8", "第十三条第（八）项", "(八)已获得", "组织需满5年。"),
    ("qinzhou", "art-15", "第十五条", "第十五条 凡符合", "报送至市质量强市办。"),
    ("qinzhou", "art-25", "第二十五条", "第二十五条 申报", "予以曝光。"),
    ("qinzhou", "art-26.1", "第二十六条第（一）项", "- (一) 发生重大", "事故的。"),
    ("qinzhou", "art-32", "第三十二条", "第三十二条 本办法", "同时废止。"),
]


@pytest.mark.parametrize(("award", "name", "label", "start", "end"), PROVISIONS)
def test_a_provision_is_the_printed_paragraph(
    award: str, name: str, label: str, start: str, end: str
) -> None:
    """An id leads to the paragraph with that printed number, from its first to its last words."""
    provision = load_regulation(award).provision(name)
    assert provision.label == label
    assert provision.text.startswith(start)
    assert provision.text.endswith(end)


@pytest.mark.parametrize(
    ("award", "name", "joined"),
    [
        ("qingshanhu", "art-10.5", "近3年无较大质量、安全"),
        ("qingshanhu", "art-22", "推广费用由财政保障"),
        ("lianyungang", "art-11.p2", "“江苏省省长质量奖提名奖”的个人"),
        ("lianyungang", "art-17", "创造出具有本组织"),
        ("changning", "art-29", "相关纪检监察部门。"),
        ("changning", "art-39", "有效期至2028年11月14日"),
        ("jian", "art-10.5", "技术、安全 和质量等指标"),
        ("jian", "art-6", "（GB/T19580）"),
        ("qinzhou", "art-25", "撤销其市长质量奖称号"),
    ],
)
def test_a_page_break_leaves_no_trace(award: str, name: str, joined: str) -> None:
    """Lines that a page parted are joined with nothing in between, a printed space is kept."""
    assert joined in load_regulation(award).provision(name).text


@pytest.mark.parametrize(
    ("award", "article", "names"),
    [
        ("jian", 13, "13 13.1 13.2 13.2.p2 13.3 13.3.p2 13.4 13.5 13.6 13.7 13.8"),
        ("qinzhou", 7, "7 7.p2 7.1 7.2"),
        ("qinzhou", 26, "26 26.1 26.2 26.3"),
        ("qingshanhu", 21, "21 21.p2 21.p3"),
        ("qingshanhu", 31, "31"),
        ("lianyungang", 22, "22"),
        ("changning", 16, "16 16.1 16.2 16.3 16.4 16.5 16.6"),
        ("changning", 28, "28 28.1 28.2 28.3"),
    ],
)
def test_an_article_has_its_paragraphs_in_order(award: str, article: int, names: str) -> None:
    """An article's ids follow the page, and nothing after the last article is counted to it."""
    found = [provision.id for provision in load_regulation(award).article(article)]
    assert found == [f"art-{name}" for name in names.split()]


@pytest.mark.parametrize("award", ["changning", "jian", "lianyungang", "qingshanhu", "qinzhou"])
def test_ids_are_unique_and_lines_lead_to_the_paragraph(award: str) -> None:
    """No id is given twice, and a provision's line is the one on which it begins."""
    provisions = load_regulation(award).provisions
    lines = (REGULATIONS / f"{award}.md").read_text(encoding="utf-8").split("\n")
    assert len({provision.id for provision in provisions}) == len(provisions)
    assert [
        provision.id
        for provision in provisions
        if not provision.text.startswith(lines[provision.line - 1])
    ] == []
