"""Family names: what tells 任翔宇 from 手记 behind the word 记者.

A closed list of the commonest, simplified and traditional; common words that are also rare surnames (连, 简, 手) are left
out on purpose. A name that print spaces out (刘 涛) needs no surname: OCR may have misread it.
"""

from __future__ import annotations

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪"
    "陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟申欧耿关焦左柳甘祝包宁尚符舒阮纪梅童凌毕单裴霍涂成苗谷曲盛冉翁蓝骆路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆司"
    "桑闻吉缪麦应费卜卞苑臧邸郜郗晏阳冀冷位全卓冼匡厉双习巫巩席党卫瞿佟车闫岑鞠桂娄查储敖邝初栾冒居杭边明计伏茅项俞郎池幸米"
    "張劉陳楊黃趙吳孫馬羅鄭謝許鄧馮韓蕭葉蔣蘇呂盧傅鍾賈韋鄒陸龍賀顧龔萬錢嚴賴湯溫齊喬龐顏莊聶譚盧鄔歐閻魯蔔鳳紀寧應費車華區關藍駱畢"
)
"""One-character family names."""

COMPOUND_SURNAMES = (
    "欧阳",
    "歐陽",
    "司马",
    "司馬",
    "上官",
    "诸葛",
    "諸葛",
    "皇甫",
    "尉迟",
    "尉遲",
    "公孙",
    "公孫",
    "慕容",
    "令狐",
    "司徒",
    "端木",
    "东方",
    "夏侯",
)

NO_NAMES = frozenset(
    {
        "手记",
        "调查",
        "观察",
        "连线",
        "探访",
        "亲历",
        "简介",
        "协会",
        "寄语",
        "走基层",
        "见闻",
        "感言",
        "札记",
        "随笔",
        "报道",
        "深度",
        "特别",
        "独家",
        "综合",
        "节选",
        "上篇",
        "下篇",
        "外一首",
        "组诗",
        "小说",
        "散文",
        "待续",
        "完",
        "资料图",
        "路透社",
        "法新社",
        "高兴",
        "安全",
        "文化",
        "文明",
        "方便",
        "关于",
        "成功",
        "成立",
        "成果",
        "时间",
        "时候",
        "全市",
        "全国",
        "全省",
        "金融",
        "石油",
        "温暖",
        "温馨",
        "白天",
        "万元",
        "明天",
        "明年",
        "安排",
        "文件",
        "计划",
        "应该",
        "单位",
        "单独",
    }
)
"""Words that could be read as names, and are not: column words, and words that begin with a surname."""


def may_be_name(text: str) -> bool:
    """Whether two to four hanzi read like a Chinese name: a surname first, and no word of the column heads.

    >>> may_be_name("任翔宇"), may_be_name("手记"), may_be_name("欧阳明")
    (True, False, True)
    """
    if text in NO_NAMES or not 2 <= len(text) <= 4:
        return False
    return (text[0] in SURNAMES and len(text) <= 3) or (text.startswith(COMPOUND_SURNAMES) and len(text) >= 3)
