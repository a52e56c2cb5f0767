"""The parts that mastheads, folios, editors', contact and copyright lines are made of: one line in, its parts out.

Every character of a line must be in a part, or the parts prove nothing: a line of running text has words that no part
knows. What they prove is for `furniture.py` to say, what they tell of the page for `identity/printed.py`.
Traditional forms are folded to simplified ones, one for one, before anything is asked; parts have the text as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus_tools.characters import ANSWERS_KEPT, HANZI
from corpus_tools.identity.values import DATE
from corpus_tools.names import COMPOUND_SURNAMES, NO_NAMES, SURNAMES

LONGEST_FURNITURE = 120
"""Characters of a line; a masthead in one line, with its imprint, has about 100."""

MOST_WORDS = 2
"""Words of a line that no part knows: the name of a section, of a supplement."""

_FOLD = str.maketrans(
    "報聞綜際國內會財經濟體專題時廣論壇樂兩灣臺視週農劇選輯編責對設計組審讀監製簽發術電話熱線郵箱網傳號總復創統連續價幣圓張頁疊開龍馬雞豬陰曆舊閏臘雲霧氣溫東風轉權許複嚴請聲業產證養環議藝園區歐陸聯滬穗務處編間訊訂閱頻據長動態點焦遊觀匯執０１２３４５６７８９ＡＢＣＤＥＦ曰",
    "报闻综际国内会财经济体专题时广论坛乐两湾台视周农剧选辑编责对设计组审读监制签发术电话热线邮箱网传号总复创统连续价币圆张页叠开龙马鸡猪阴历旧闰腊云雾气温东风转权许复严请声业产证养环议艺园区欧陆联沪穗务处编间讯订阅频据长动态点焦游观汇执0123456789ABCDEF日",
)
_HAN = f"[{HANZI}]"
_NUMBER = r"[0-9０-９〇零○一二三四五六七八九十百千万萬]"


def _any(words: str) -> str:
    """One of these words, which spaces part; longer ones first."""
    return "(?:" + "|".join(sorted(words.split(), key=lambda word: (-len(word), word))) + ")"


# --- the page: its paper, section, edition, number ---

_KINDS_OF_PAPER = _any(
    "日报 晚报 早报 晨报 夕报 都市报 城市报 青年报 工人报 农民报 商报 时报 法治报 法制报 电视报 导报 经济报"
    " 新报 消息报 卫报 教育报 科技报 文化报 体育报 健康报 快报"
)
_NAMED_PAPERS = _any(
    "联合报 文汇报 大公报 明报 信报 新京报 今晚报 中国报 解放军报 都市快报 青年参考 参考消息 南方周末 环球时报"
    " 经济观察报 21世纪经济报道 成报 太阳报 华商报 光华日报 第一财经日报"
)
PAPER = rf"(?:(?:香港|澳门|台湾|新加坡|马来西亚|马來西亚)?(?:{_NAMED_PAPERS}|{_HAN}{{1,6}}?{_KINDS_OF_PAPER}))(?!社)"
SECTION = _any(
    "要闻 综合 国际 国内 本市 本地 本省 本埠 社会 财经 经济 文化 体育 副刊 广告 专题 专版 时政 政经 民生 教育"
    " 健康 娱乐 评论 理论 港澳 港闻 台湾 两岸 地方 生活 都市 城事 城市 焦点 新闻"
    " 天下 法治 法制 科技 读书 深度 头版 特刊 周刊 时评 关注 特别报道 视野 旅游 汽车 地产 证券 产经 金融 投资"
    " 农业 农村 乡村 县域 区县 军事 文艺 人物 人文 公益 公告 信息 资讯 综艺 影视"
    " 大湾区 神州 中国 世界 环球 论坛 言论 社论 小说 武侠 县区 基层 党建 艺术 养生 家庭 妇女 校园"
)
_SECTION = rf"{SECTION}{{1,2}}(?:新闻|周刊|副刊|专版|专刊|版)?(?!{_HAN})"
EDITION = _any(
    "海外版 欧洲版 北美版 东南亚版 华北版 华东版 华南版 农村版 城市版 市区版 乡镇版 晨版 早版 晚版 午版 夜版"
    " 上午版 下午版"
)
_PAGE = (
    r"(?:第\ ?[A-Z]?[0-9]{1,3}\ ?[版页]|第?[一二三四五六七八九十]{1,3}[版页]|[A-Z]?[0-9]{1,3}\ ?[版页]"
    r"|[A-Z][0-9]{0,2}叠|[A-Z]\ ?-?[0-9]{1,3}(?![0-9A-Za-z])|0[1-9](?![0-9.:：])|(?:[Pp]\.?|(?i:page)\ ?)[0-9]{1,3}"
    r"|(?<![0-9.])[1-9][0-9]?(?![0-9.:：℃%％年月日元版]))"
)

# --- the day, and the number of the issue ---

_WEEKDAY = r"(?:[（(]\ ?)?(?:(?:星期|周|礼拜)[一二三四五六日天]|(?<=[（(])[一二三四五六日](?=\ ?[）)]))(?:\ ?[）)])?"
_STEM_BRANCH = "[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]"
_ANIMAL = "[鼠牛虎兔龙蛇马羊猴鸡狗猪]"
_LUNAR_DAY = r"(?:初[一二三四五六七八九十]|[十廿卅][一二三四五六七八九]?|二十[一二三四五六七八九]?|三十)日?"
_LUNAR = (
    rf"(?:{_any('农历 夏历 阴历 旧历')}\ ?(?:{_STEM_BRANCH}\ ?(?:[（(]{_ANIMAL}[）)]\ ?)?{_ANIMAL}?年?)?\ ?|{_STEM_BRANCH}\ ?{_ANIMAL}?年\ ?)"
    rf"闰?[正一二三四五六七八九十冬腊]{{1,2}}月[大小]?{_LUNAR_DAY}"
)
_SERIAL = (
    rf"(?:(?:国内|国外|海外)?{_any('总第 总 出版总第 新编第 复刊第 创刊第 第')}\ ?{_NUMBER}{{3,9}}\ ?[期号](?:[（(][^（()）]{{1,10}}[）)])?"
    rf"|第\ ?{_NUMBER}{{1,4}}\ ?年(?:第\ ?{_NUMBER}{{1,4}}\ ?[期号])?|(?:本期|总号)\ ?{_NUMBER}{{3,9}}|第\ ?{_NUMBER}{{1,4}}\ ?[期卷]"
    rf"(?:[（(]总第?\ ?{_NUMBER}{{2,6}}\ ?期?[）)])?(?=\ |\u3000|$))"
)
_MONTH = (
    r"(?:(?:19|20)[0-9]{2}|[二一][〇零九○0][〇零○一二三四五六七八九]{2})\ ?年\ ?[0-9一二三四五六七八九十]{1,3}\ ?月"
)
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_ENGLISH = (
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:,?\ (?=[0-9A-Z]))?|[0-9]{{1,2}}(?:st|nd|rd|th)?\ {_MONTHS}\.?,?\ (?:19|20)[0-9]{{2}}"
    rf"|{_MONTHS}\.?\ [0-9]{{1,2}},?\ (?:19|20)[0-9]{{2}}|[A-Z][A-Z\ ]{{2,30}}(?:RIBAO|WANBAO|DAILY|TIMES|NEWS|POST|ZAOBAO)"
    rf"|(?:[A-Z][a-z]+\ ){{1,3}}(?:Ribao|Wanbao|Daily|Times|Zaobao))"
)

# --- what is sold: pages, price, imprint, publisher; the weather ---

_PAGES_TODAY = (
    rf"(?:今日|今天|本期|本报今日|今|共|今日出版|今日出纸)\ ?(?:对开|四开|出版|出)?\ ?{_NUMBER}{{1,3}}\ ?"
    rf"(?:大?张(?:\ ?{_NUMBER}{{1,3}}\ ?版)?|个?[版页叠])(?:[（(][^（()）]{{1,12}}[）)])?"
)
_MONEY = r"[0-9０-９]{1,3}(?:[.．][0-9０-９]{1,2})?"
_MARK_OF_MONEY = _any(r"HK\$ NT\$ RM S\$")
_CURRENCY = _any(r"人民币 港币 新台币 HK\$ NT\$ RM S\$ \$ ￥ ¥")
_PRICE = (
    rf"(?:{_any('零售价 零售 零售每份 定价 售价 报价 每份 每份售 每份售价 每份零售 月价 全年定价')}\ ?[：:]?\ ?{_CURRENCY}?\ ?{_MONEY}"
    rf"(?:\ ?{_any('元 圆 角 分 港元 港币 令吉 澳门元')}){{0,2}}|{_MARK_OF_MONEY}\ ?{_MONEY})"
)
_CODE = (
    r"(?:CN\ ?[0-9]{2}[-—–－][0-9]{4}(?:[/／][A-Z0-9]{1,4})?|ISSN\ ?[0-9]{4}[-—–－][0-9X]{4}|KDN\ ?PP[0-9/()\ （）]{4,20}"
    r"|MCI\ ?\(P\)\ ?[0-9/]{4,14}|[0-9]{1,3}[-—–－][0-9]{1,4})"
)
_IMPRINT_OF = _any(
    "国内统一连续出版物号 国内统一刊号 邮发代号 国外代号 国外发行代号 海外发行代号"
    " 国际标准刊号 国内刊号 登记证号 广告经营许可证号 广告经营许可证"
)
_IMPRINT = (
    rf"(?:{_IMPRINT_OF}"
    rf"[：:\ ]{{0,2}}(?:{_CODE})?|(?![0-9]){_CODE}|代号\ ?[：:]?\ ?[0-9]{{1,3}}[-—–－][0-9]{{1,4}})"
)
_SPONSOR = (
    rf"(?:(?:中共)?{_HAN}{{2,12}}{_any('委员会 委 报社 集团 传媒 总社 宣传部 有限公司')}"
    rf"{_any('机关报 主管主办 主办主管 主管、主办 主管 主办 出版发行 出版 承印 印刷')}"
    rf"|(?:主管|主办|出版|承办|承印|发行)[：:]\ ?{_HAN}{{4,20}}|{_HAN}{{2,14}}机关报|{_HAN}{{2,14}}(?:印务中心|印务公司|印刷厂|印务有限公司)(?:印刷|承印))"
)
_SKY = _any(
    "晴 阴 多云 小雨 中雨 大雨 阵雨 小雪 中雪 雨夹雪 霾 雾 晴间多云 多云转晴 晴转多云 多云转阴 阴转多云 晴转阴"
    " 阴转小雨 多云转小雨 骤雨"
)
_DEGREES = r"(?:零下)?[-－−]?[0-9]{1,2}\ ?(?:℃|°C?|度)?"
_WIND = r"(?:(?:偏?[东南西北]{1,2}风|微风)\ ?)?(?:[0-9][-—~～至]?[0-9]?级)?"
_WEATHER = (
    rf"(?:{_any('今日 今天 明日 明天 今晚 市区 本市 今天白天 今天夜间 今日白天')}?天气(?:预报)?[：:\ ][^。！？]{{2,40}}"
    rf"|(?:今日|今天|白天|夜间)?[：:\ ]?{_SKY}[\ ，,]{{0,2}}{_WIND}[\ ，,]{{0,2}}"
    rf"(?:(?:最高|最低)?(?:气温|温度)?[：:\ ]?{_DEGREES}(?:\ ?[~～—至/／-]{{1,2}}\ ?{_DEGREES})?)?"
    r"|[-－−]?[0-9]{1,2}\ ?(?:℃|°C)?\ ?[~～—至/／-]{1,2}\ ?[-－−]?[0-9]{1,2}\ ?(?:℃|°C))"
)

# --- who made the page ---

_FAMILY = "(?:[" + "".join(sorted(SURNAMES)) + "]|" + "|".join(COMPOUND_SURNAMES) + ")"
_OF_PAGE = r"(?:本版|本报|本期|今日|本刊|第?[一二三四五六七八0-9]{1,2}版|[A-Z]0?[0-9]{1,2}版?)?\ ?"
_SURE_DESK = "(?:值班)?" + _any(
    "责编 责任编辑 责任校对 责校 编委 版式设计 版式 版式策划 美编 美术编辑 美术设计 美术 组版 排版 版面设计"
    " 版面编辑 版面 图编 图片编辑 终审 初审 一审 二审 三审 审校 审读 审核 检校 校检"
    " 一读 二读 值班主任 值班总编 值班总编辑 值班编委 值班编辑 值班副总编辑 值班领导 夜班编辑 夜班主任 见习编辑"
    " 首席编辑 执行主编 执行编辑 编审 签发 视觉 视觉设计 电脑排版 照排 编辑部主任"
    " 新媒体编辑 总检 编排 编辑/版式"
)
_SOFT_DESK = _any("编辑 校对 主编 副主编 总编辑 总编 设计 策划 统筹 监制 制图 制作 摄影编辑 统稿 值班 主任")
_LABEL = re.compile(rf"{_OF_PAGE}(?:(?P<sure>{_SURE_DESK})|(?P<soft>{_SOFT_DESK}))(?P<parting>\ ?[：:／/]\ ?|\ )")
_OTHER_LABEL = re.compile(rf"{_any('电话 热线 邮箱 信箱 微信 传真 记者 摄影')}(?:[\ ：:／/]|$)")
_SPACED = rf"{_HAN}\ {_HAN}(?!{_HAN})"
_SURNAMED = re.compile(rf"{_SPACED}|{_FAMILY}{_HAN}{{1,2}}(?!{_HAN})")
_NAME = re.compile(rf"{_SPACED}|{_HAN}{{2,4}}(?!{_HAN})")
_NEXT_NAME = re.compile(r"\ ?[、，,；;／/]\ ?|\ ")

_PHONE = r"[0-9０-９（(][0-9０-９（()）—–－\-\ 、，,/／转]{4,40}"
_MAIL = r"[\w.+-]{1,40}\ ?[@＠]\ ?[\w.-]{2,40}"
_LINK = r"(?:https?://|www\.)[\w./?=&%:-]{3,80}"
_WAYS = _any("热线 电话 邮箱 信箱 传真 专线 微信 QQ")
_OFFICES = _any(
    "新闻 晨报 晚报 早报 日报 快报 商报 都市报 报料 爆料 读者 广告 发行 订报 订阅 投稿 投诉 监督 编辑部 采编 采访 记者部 总编室 办公室 广告部"
    " 发行部 服务 值班 本版 本报 违法和不良信息举报"
)
_OWN_WAYS = _any(
    "投稿信箱 投稿 邮箱 电子信箱 电子邮箱 电邮 电子邮件 E-mail Email EMAIL e-mail 网址 官网 官方网站 本报网址"
    " WhatsApp Whatsapp 微信报料 微信爆料 微信公众号 微信公众平台 微信号 微信 官方微信 官方微博 新浪微博 客户端 社址"
    " 报社地址 地址 通讯地址 本报地址 邮编 邮政编码 传真"
)
_CONTACT = (
    rf"(?:(?:{_OFFICES}\ ?{_WAYS}|{_OWN_WAYS})[\ ：:／/]{{1,3}}(?:{_PHONE}|{_MAIL}|{_LINK}|[^，。！？：:\ ]{{2,40}})"
    rf"(?:[\ ，,、；;]{{1,2}}(?:{_PHONE}|{_MAIL}|{_LINK}))*(?:\ ?[（(][^（()）。]{{2,16}}[）)])?"
    rf"|{_any('电话 热线 Tel TEL QQ 广告部 发行部 总编室 办公室')}[\ ：:／/]{{1,3}}{_PHONE}|{_MAIL}|{_LINK})"
)
_COPYRIGHT = (
    r"(?:(?:本版|本报)(?:图片|照片|插图|文图|图文)[^，。]{0,10}(?:由|均)[^，。]{2,16}(?:提供|供图|拍摄|摄|绘)"
    r"|(?:本版|本报|本刊)?(?:文章|内容|言论|观点)?(?:均|仅|只|不)代表(?:作者|本报|本版|编者)(?:个人|本人)?(?:观点|立场|意见)"
    r"|[©Ⓒ]\ ?[^，。]{0,40}|(?i:copyright)\ ?[^，。]{0,60}|(?:本报|本版|本刊)?版权(?:所有|声明)(?=[\ ，,。！：:（(]|$)[\ ，,：:]{0,2}"
    rf"|(?:(?:本报|本版|本刊)?(?:所有|全部|一切)?(?:内容|文字|作品|图文|稿件|新闻)?[，,]?(?:未经|非经)[^，。！？]{{0,16}}"
    rf"{_any('授权 许可 同意 允许 书面')}[^。！？]{{0,6}}[，,\ ]?"
    rf"{_any('不得 不准 禁止 请勿 严禁')}[^，。！？]{{0,16}}{_any('转载 使用 复制 转发 刊用 摘编 翻印')}[^，。！？]{{0,14}})"
    rf"|{_any('翻印必究 侵权必究 不得转载 请勿转载 严禁转载 违者必究')})"
)

KINDS = (
    ("copyright", _COPYRIGHT),
    ("sponsor", _SPONSOR),
    ("lunar", _LUNAR),
    ("imprint", _IMPRINT),
    ("serial", _SERIAL),
    ("pages", _PAGES_TODAY),
    ("price", _PRICE),
    ("contact", _CONTACT),
    ("weekday", _WEEKDAY),
    ("english", _ENGLISH),
    ("month", _MONTH),
    ("day", r"[0-9]{1,2}月[0-9]{1,2}日"),
    ("weather", _WEATHER),
    ("edition", EDITION),
    ("page", _PAGE),
    ("paper", PAPER),
    ("section", _SECTION),
)
"""What a part may be, tried in this order at each place, a date and a desk before all of them; what is left are words."""

_DOUBTFUL = "desk?"
_PART = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS))
_GAP = re.compile(r"[\s·•‧・．.|｜│¦/／,，、；;:：\-—–―─~★☆▲△■□●○◆◇◎※＊*()（）\[\]【】〔〕]+")
_WORD = re.compile(rf"[{HANZI}A-Za-z·]{{1,10}}(?![{HANZI}A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a line: its kind (one of `KINDS`, `date`, `desk` or `word`), the characters `start`-`end`, its text."""

    kind: str
    start: int
    end: int
    text: str


def folded(text: str) -> str:
    """The text with the traditional forms of furniture's words as simplified ones, one for one."""
    return text.translate(_FOLD)


@lru_cache(ANSWERS_KEPT)
def parts_of(text: str) -> tuple[Part, ...]:
    """The parts of a line in order; empty where some of it is in no part, or too many words are in none that is known.

    >>> [(part.kind, part.text) for part in parts_of("A05 城事 柳浦晚报 2019年7月23日 星期二")]
    [('page', 'A05'), ('section', '城事'), ('paper', '柳浦晚报'), ('date', '2019年7月23日'), ('weekday', '星期二')]
    >>> parts_of("本报2023年11月8日星期三第3版刊登的照片有误。")
    ()
    """
    if len(text) > LONGEST_FURNITURE:
        return ()
    simple = folded(text)
    parts: list[Part] = []
    at = n_words = 0
    while at < len(text):
        gap = _GAP.match(text, at)
        if gap and not (text[at] in "（(" and _PART.match(simple, at)):
            at = gap.end() if text[gap.end() - 1] not in "（(" else max(at + 1, gap.end() - 1)
            continue
        kind, end = _part_at(simple, at, apart=not parts or parts[-1].end < at)
        if not kind:
            return ()
        n_words += kind == "word"
        if n_words > MOST_WORDS:
            return ()
        parts.append(Part(kind, at, end, text[at:end]))
        at = end
    return _proved_desks(parts)


def _proved_desks(parts: list[Part]) -> tuple[Part, ...]:
    """The parts, where two desks, or a date and its weekday, prove the names; none where a soft desk stands alone with what may be no name."""
    doubtful = [part for part in parts if part.kind == _DOUBTFUL]
    is_dated = {"date", "weekday"} <= {part.kind for part in parts}
    if doubtful and not is_dated and sum(part.kind in ("desk", _DOUBTFUL) for part in parts) < 2:
        return ()
    return tuple(replace(part, kind="desk") if part.kind == _DOUBTFUL else part for part in parts)


def _part_at(text: str, at: int, *, apart: bool) -> tuple[str, int]:
    """The kind and the end of the part that begins at a place; a word only behind a gap, so that a sentence has no parts."""
    found = DATE.match(text, at)
    if found:
        return "date", found.end()
    desk = _desk_at(text, at)
    if desk:
        return desk
    known = _PART.match(text, at)
    if known and known.end() > at:
        return known.lastgroup or "", known.end()
    word = _WORD.match(text, at) if apart else None
    return ("word", word.end()) if word else ("", at)


def _desk_at(text: str, at: int) -> tuple[str, int] | None:
    """The desk and its names that begin at a place: 责编：张三 李四, 编辑 王 伟. A soft desk needs a family name, or is doubtful."""
    label = _LABEL.match(text, at)
    first = _name_at(text, label.end()) if label else None
    if label is None or first is None:
        return None
    sure = label["sure"] or _SURNAMED.match(text, label.end())
    if not sure and label["parting"] == " ":
        return None
    return ("desk" if sure else _DOUBTFUL), _names_end(text, first)


def _name_at(text: str, at: int) -> int | None:
    """Where the name ends that begins at a place; None where none does, or a desk."""
    name = _NAME.match(text, at)
    if name is None or name[0] in NO_NAMES or _LABEL.match(text, at) or _OTHER_LABEL.match(text, at):
        return None
    return name.end()


def _names_end(text: str, end: int) -> int:
    """Where the row of names ends whose first one ends at a place; behind a space alone only what begins with a family name."""
    while gap := _NEXT_NAME.match(text, end):
        following = _name_at(text, gap.end())
        if following is None or (gap[0] == " " and not _SURNAMED.match(text, gap.end())):
            break
        end = following
    return end
