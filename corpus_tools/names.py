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

_RARER_SURNAMES = frozenset(
    "褚戚柏窦奚殷邬湛禹狄闵季麻刁丘虞柯昝裘宣郁诸钮嵇荀甄芮羿蔺屠莘逄姬扈郏茹庾寇晁蒯荆竺逯詹仇戎宫伊仲佘苟芦亢粟覃靖涂肖付代兰仝"
    "竇鄔閔諸鈕藺郟荊宮儲黨衛厲婁鞏欒塗繆鄺閆聞陽項饒鮑麥簡"
)
"""Asked for names only: too many words begin with them, or too few names, for who asks about single characters."""

_COMMON_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪"
    "陆金石戴贾夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖洪武孔汤康施牛樊葛邢齐乔庞颜庄聂鲁岳翟申欧柳甘祝包宁尚阮纪"
    "童凌毕霍翁蓝骆游靳管蒲鲍屈解牟艾穆殷"
    "張劉陳楊黃趙吳孫馬羅鄭謝許鄧馮韓蕭葉蔣蘇呂盧傅鍾賈陸龍賀顧龔萬錢嚴賴湯齊喬龐顏莊聶譚歐閻魯寧紀藍駱畢鮑"
)
"""What glued names are parted by: 张铁林黎世高."""

_TRANSLITERATED = frozenset(
    "阿艾扎才次仁旺丹增卓玛央宗措吉多杰巴桑尼拉姆尖洛珠曲平格尔图其木布和德力乌云嘎古丽买提吐逊热依江克孜努尔艾合麦"
    "达娃瓦顿边普罗嘉贡萨索朗白强坚赞绒泽让朋错色龙日格勒特斯琴高娃那顺敖登呼日都苏伊玛依夏提沙塔依尔亚森卡米拉哈木"
    "瑪爾達羅頓嘉爾圖達爾貢薩讓龍買麗熱"
)
"""Hanzi that Tibetan, Mongolian, Uyghur and Kazakh names are written with: 次仁央宗, 巴特尔."""

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
)

NO_NAMES = frozenset(
    (
        "万众 万元 万千 万县 万宁 万州 万物 万象 上篇 下篇 严打 严查 严重 中央社 中新社 中篇 丹东 乐活 乔迁 "
        "习作 习俗 习惯 习题 于是 于此 云图 云端 云计算 亲历 仇恨 仲裁 任免 任前公示 任务 任命 任职 伊拉克 "
        "伊斯兰 伊朗 伏天 余热 余音 余额 储备 储蓄 元旦 党史 党员 党委 党建 党校 党课 全会 全体 全区 全县 全国 "
        "全市 全年 全文 全民 全球 全省 全部 全长 共同社 关于 关注 关爱 关键 关闭 冷暖 冷空气 冷链 冷门 初一 "
        "初三 初中 初二 初心 初赛 初选 包容 包括 包装 华沙 华盛顿 协会 单价 单位 单元 单号 单打 单曲 单独 单身 "
        "卢森堡 卫健委 卫星 卫生 卫视 双减 双创 双十一 双语 古巴 史料 史料馆 史海 史话 司机 司法 吉林 向上 向前 "
        "向导 向阳 吴忠 吴江 和平 和田 和谐 喜报 喜讯 塔斯社 外一首 姬松茸 季军 季度 季报 季节 宁夏 宁德 宁波 "
        "安丘 安全 安哥拉 安家 安居 安庆 安康 安徽 安排 安检 安防 安阳 安顺 完 宣传 宣判 宣布 宣言 宫殿 寄语 "
        "小说 尚品 尤其 屈指 左右 巴黎 席位 常务 常委 常州 常年 常德 常态 常识 平安 平江 幸福 幸运 幸运儿 广告 "
        "庐山 应县 应届 应届生 应征 应急 应用 应聘 应该 康养 康复 康定 强军 强国 待续 徐州 徐汇 感言 戎装 戏曲 "
        "成交 成人 成功 成员 成果 成立 成绩 成都 成长 房产 房价 手记 报道 探访 散文 文件 文体 文化 文史 文图 "
        "文娱 文字 文学 文摘 文旅 文明 文物 文艺 文苑 新华社 方便 方向 方案 方法 方言 方面 施工 施政 时代 时令 "
        "时候 时尚 时政 时装 时讯 时论 时评 时间 时间表 明代 明信片 明天 明年 明日 明星 明显 明清 明确 明细 "
        "易容 易经 晏子 曲艺 曲谱 曲阜 曲靖 札记 杭城 杭州 柏林 查处 柳州 柳树 桃花 梅州 梅花 梅雨 武汉 毕业 "
        "毕业季 毛坯 水产 水利 江北 江南 江山 江河 江湖 江畔 江苏 江西 江都 江门 江阴 池塘 汤原 汤阴 沈阳 "
        "法新社 洛阳 洪峰 洪水 洪灾 海南 海外 深度 温哥华 温岭 温州 温暖 温泉 温馨 游客 游戏 游记 滕州 熊猫 "
        "牛市 牛年 特别 独家 申报 申论 申诉 申请 白城 白天 白山 白酒 白银 白露 石刻 石化 石家庄 石油 祝福 祝贺 "
        "程序 章程 章节 童年 童话 童谣 童趣 简介 管制 管委会 管理 管线 米价 米饭 纪委 纪实 纪录 纪录片 纪念 "
        "纪检 纪要 组诗 综合 罗马 美联社 节选 花卉 花园 花絮 花鸟 苏北 苏南 苏州 苏格兰 荆楚 衡阳 见闻 观察 "
        "解析 解答 解说 解读 詹氏 计划 许昌 调查 谈判 谈话 谷子 谷物 谷雨 贝壳 费城 费率 费用 贺信 贺岁 贺州 "
        "贺词 资料图 走基层 路人 路况 路演 路线 路边 路透社 车主 车展 车市 车祸 车讯 车险 边检 边疆 边缘 "
        "边走边看 边防 连线 邢台 邯郸 郎中 郑州 金华 金句 金奖 金山 金昌 金曲 金牌 金秋 金融 金门 钱塘 陆丰 "
        "随笔 雷州 雷达 雷雨 霍乱 靖国 鞠躬 韩国 韶关 项城 项目 项目部 项链 马上评 马尼拉 马年 马德里 马拉松 "
        "马来西亚 高中 高兴 高层 高度 高校 高温 高端 高考 高邮 高铁 高雄 鲁西 麦收 麦田 黄冈 黄山 黄石 黎族 "
        "黎明 齐齐哈尔 龙口 龙岩 龙年 龙泉 龙舟 龙舟赛"
    ).split()
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
    return 3 <= len(text) <= 6 and _TRANSLITERATED.issuperset(text)


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
