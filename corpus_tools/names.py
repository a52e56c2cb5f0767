"""Family names: what tells 任翔宇 from 手记 behind the word 记者.

A closed list of the commonest, simplified and traditional; common words that are also rare surnames (连, 简, 手) are left
out on purpose. A name that print spaces out (刘 涛) needs no surname: OCR may have misread it.
"""

from __future__ import annotations

import re
from pathlib import Path

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪"
    "陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟申欧耿关焦左柳甘祝包宁尚符舒阮纪梅童凌毕单裴霍涂成苗谷曲盛冉翁蓝骆路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆司"
    "桑闻吉缪麦应费卜卞苑臧邸郜郗晏阳冀冷位全卓冼匡厉双习巫巩席党卫瞿佟车闫岑鞠桂娄查储敖邝初栾冒居杭边明计伏茅项俞郎池幸米"
    "張劉陳楊黃趙吳孫馬羅鄭謝許鄧馮韓蕭葉蔣蘇呂盧傅鍾賈韋鄒陸龍賀顧龔萬錢嚴賴湯溫齊喬龐顏莊聶譚盧鄔歐閻魯蔔鳳紀寧應費車華區關藍駱畢"
)
"""One-character family names."""

_RARER_SURNAMES = frozenset(
    "褚戚柏窦奚殷邬湛禹狄闵季麻刁丘虞柯昝裘宣郁诸钮嵇荀甄芮羿蔺屠莘逄姬扈郏茹庾寇晁蒯荆竺逯詹仇戎宫伊仲佘苟芦亢粟覃靖涂肖付代兰仝胥"
    "竇鄔閔諸鈕藺郟荊宮儲黨衛厲婁鞏欒塗繆鄺閆聞陽項饒鮑麥簡"
)
"""Asked for names only: too many words begin with them, or too few names, for who asks about single characters."""

_COMMON_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪"
    "陆金石戴贾夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖洪武孔汤康施牛樊葛邢齐乔庞颜庄聂鲁岳翟申欧柳甘祝包宁尚阮纪"
    "童凌毕霍翁蓝骆游靳管蒲鲍桂栾肖屈解牟艾穆殷"
    "張劉陳楊黃趙吳孫馬羅鄭謝許鄧馮韓蕭葉蔣蘇呂盧傅鍾賈陸龍賀顧龔萬錢嚴賴湯齊喬龐顏莊聶譚歐閻魯寧紀藍駱畢鮑"
)
"""What glued names are parted by: 张铁林黎世高."""

_TRANSLITERATED = frozenset(
    "阿艾扎才次仁旺丹增卓玛央宗措吉多杰巴桑尼拉姆尖洛珠曲平格尔图其木布和德力乌云嘎古丽买提吐逊热依江克孜努尔艾合麦"
    "达娃瓦顿边普罗嘉贡萨索朗白强坚赞绒泽让朋错色龙日格勒特斯琴高娃那顺敖登呼日都苏伊玛依夏提沙塔依尔亚森卡米拉哈木"
    "瑪爾達羅頓嘉爾圖達爾貢薩讓龍買麗熱"
)
"""Hanzi that Tibetan, Mongolian, Uyghur and Kazakh names are written with: 次仁央宗, 巴特尔."""

_FOREIGN_SOUNDS = frozenset(
    "阿埃艾安奥巴贝比彼宾波伯博布查达戴丹德迪杜多厄恩尔法菲费弗夫福盖戈格古哈海汉赫亨胡华霍基吉加贾杰金卡凯坎科克肯库拉莱兰劳勒雷里利莉列林琳"
    "卢鲁路伦罗洛马玛迈麦曼梅门蒙米莫姆穆纳南内尼妮努诺欧帕佩皮普奇乔切琼丘让热荣萨塞桑瑟沙史斯丝苏索塔泰坦汤唐特蒂提托瓦威韦维温沃乌西希谢辛休"
    "雪亚扬耶伊英约泽扎詹朱兹佐夏图廷登顿根冈娜娅珍珊芬蕾薇森逊翁卜"
    "貝賓達爾費蓋漢華賈凱庫萊蘭勞里盧魯倫羅馬瑪邁麥門蒙納內諾歐喬瓊讓熱榮薩絲蘇坦湯維溫烏謝亞揚約澤茲頓遜"
)
"""Hanzi that foreign names are sounded out with."""

FOREIGN_SHARE = 0.8
LONGEST_FOREIGN_NAME = 14
_DOTS = re.compile("[·•・‧]")

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
    "東方",
    "夏侯",
    "长孙",
    "長孫",
    "宇文",
    "轩辕",
    "南宫",
    "独孤",
    "闻人",
    "赫连",
    "张简",
    "張簡",
    "范姜",
    "左丘",
    "百里",
    "钟离",
    "鍾離",
)

NO_NAMES = frozenset(
    line
    for line in Path(__file__).parent.joinpath("data", "words_like_names.tsv").read_text("utf-8").split("\n")
    if line and not line.startswith("#")
)
"""Words that could be read as names, and are not: column words, and words that begin with a surname."""


def may_be_name(text: str) -> bool:
    """Whether two to four hanzi read like a Chinese name: a surname first, and no word of the column heads.

    >>> may_be_name("任翔宇"), may_be_name("手记"), may_be_name("欧阳明")
    (True, False, True)
    """
    if text in NO_NAMES or not 2 <= len(text) <= 4:
        return False
    if len(text) <= 3 and (text[0] in SURNAMES or text[0] in _RARER_SURNAMES):
        return True
    return len(text) >= 3 and text.startswith(COMPOUND_SURNAMES)


def is_transliterated(text: str) -> bool:
    """Whether three to six hanzi are all of those that names of other peoples are written with: 次仁央宗, 巴特尔."""
    return 3 <= len(text) <= 6 and len(set(text)) > 2 and _TRANSLITERATED.issuperset(text)


def is_foreign_name(text: str) -> bool:
    """Whether hanzi with a dot between them are the sounds of a foreign name: 夏巴兹·谢里夫, not 二十四节气·立春.

    >>> is_foreign_name("夏巴兹·谢里夫"), is_foreign_name("二十四节气·立春"), is_foreign_name("阿依古丽·买买提")
    (True, False, True)
    """
    parts = _DOTS.split(text)
    sounds = "".join(parts)
    if len(parts) < 2 or not all(parts) or len(sounds) > LONGEST_FOREIGN_NAME:
        return False
    n_known = sum(sound in _TRANSLITERATED or sound in _FOREIGN_SOUNDS for sound in sounds)
    return n_known >= FOREIGN_SHARE * len(sounds)


def glued_names(text: str) -> list[str]:
    """The names in four to nine hanzi that print, or OCR, set without a space; empty where they do not part in one way.

    >>> glued_names("张铁林黎世高"), glued_names("安全生产")
    (['张铁林', '黎世高'], [])
    """
    if not 4 <= len(text) <= 9 or text[0] not in _COMMON_SURNAMES:
        return []
    ways = _partings(text)
    return ways[0] if len(ways) == 1 else []


def _partings(text: str) -> list[list[str]]:
    if not text:
        return [[]]
    if text[0] not in _COMMON_SURNAMES:
        return []
    return [
        [text[:length], *rest]
        for length in (2, 3)
        if length <= len(text) and text[:length] not in NO_NAMES
        for rest in _partings(text[length:])
    ]
