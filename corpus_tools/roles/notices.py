"""Public notices and small advertisements that stand in one block: 遗失声明, 拍卖公告, 求租, 招聘 …, known by their first words
and by the formula that ends them (特此公告, 声明作废); and headlines that are the title of a notice."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus_tools.characters import ANSWERS_KEPT, HANZI
from corpus_tools.roles.titles import is_notice_title_of_papers

LONGEST_NOTICE = 400
"""Characters; what is longer is a report about a notice, or a page of them."""

SHORTEST_FORMULA = 12
"""Characters of a notice known by its end: 特此公告 alone ends one that stands above."""

LONGEST_TITLE = 30
"""Characters of a notice's title, looked through for its end: 国有建设用地使用权挂牌出让公告 has 15, an office before it 12."""

LOOKED_THROUGH = 120
"""Characters at a block's start that hold a title and show that the rest is no second half of a headline."""

_SIMPLE = str.maketrans(
    "啟啓聲標採購賣競價掛讓註銷減資並併遷墳電氣債權轉達開認領遺廢業變嚴鄭尋親徵屍崗動勞環響評鋪舖誠請頂聞訃書詢簡員會證處發則張這關佈丟號將無須執關於",
    "启启声标采购卖竞价挂让注销减资并并迁坟电气债权转达开认领遗废业变严郑寻亲征尸岗动劳环响评铺铺诚请顶闻讣书询简员会证处发则张这关布丢号将无须执关于",
)
"""Traditional forms of what the patterns below are made of."""

_SURE = (
    "招聘|招工|招生|征才|征人|征集|征稿|招标|询价|流标|成交|中标|采购|拍卖|变卖|竞买|竞价|挂牌|出让|注销|减资|清算|合并|分立|迁坟|停水|停电|停气|债权转让|酒牌转让"
    "|新酒牌|更正|送达|开庭|催告|催收|认领|招领|遗失|作废|更名|迁址|开业|变更|致歉|道歉|严正|郑重|澄清|授权|寻人|寻亲|征婚|认尸|限期返岗|返岗|解除劳动合同|环境影响评价|环评|声明|公示"
)
_REPORTED = "发布|发出|刊登|登出|贴出|公布|出台|印发|收到|一则|一份|一张|这则|这份|的|首"
"""Stand before the title where a report tells of a notice: 我市发布招聘公告, 一份特殊的拍卖公告."""

_OPENS = re.compile(
    rf".{{1,{LONGEST_TITLE}}}?[告示知书書事章明租聘工才人购購售屋出让讓闻聞正婚请請征招][】\]》”]?(?:[（(].{{1,6}}[）)])?[】\]》”\ ：:\n]"
)
_TRADE = (
    "招聘|诚聘|急聘|聘请|诚征|诚招|急招|急征|招工|征才|征人"
    "|(?:旺铺|商铺|门面|厂房)?招租|求租|出租|放租|合租|求购|出售|急售|售屋|(?:旺铺|店铺|生意|急|低价)?转让|顶让|征婚|法拍屋"
)
_TITLE = rf"""
    (?:(?!{_REPORTED})[{HANZI}]){{0,20}}?(?:{_SURE})(?:公告|通告|公示|通知书?|启事|简章|声明)    # 市第三医院招聘公告
  | (?!最高)(?:(?!{_REPORTED})[{HANZI}]){{2,16}}(?:法院|仲裁委员会|公证处|有限公司)公告             # 汀溪县人民法院公告
  | [{HANZI}]{{0,14}}关于[{HANZI}0-9]{{2,22}}的(?:公告|通告|公示)
  | 公告|通告|启事|声明|讣告|讣闻|更正
"""
_BEHIND_TITLE = rf"""
    (?:[（(][{HANZI}0-9]{{1,6}}[）)])?           # （第二次）
    (?:[】\]》”][\ ：:\n]?|[\ ：:\n])              # what parts the title from the rest
    (?=.*?(?:[。；]|[0-9X*＊×]{{5}}))                 # a sentence or a telephone number: a second half of a headline has neither
"""
_NOTICE = re.compile(rf"[●■◆]?[【\[《“]?(?:{_TITLE}){_BEHIND_TITLE}", re.VERBOSE | re.DOTALL)
_ADVERT = re.compile(rf"[●■◆]?[【\[《“]?(?:{_TRADE}){_BEHIND_TITLE}", re.VERBOSE | re.DOTALL)
_SERVICES = re.compile(  # 疏通管道 修水电 搬家 24小时上门 0997-8812345
    rf"[{HANZI}0-9]{{2,10}}(?:[\ 、，][{HANZI}0-9]{{2,12}}){{1,8}}[\ ，：:]{{1,2}}(?:(?:联系)?电话[：:]\ ?)?(?:0[0-9]{{2,3}}[-－])?1?[0-9X]{{7,10}}"
)
_TITLE_ALONE = re.compile(
    rf"""
    [●■◆□\ ]{{0,2}}[【\[《“]?
    (?:{_TITLE}
      | (?:(?!{_REPORTED})[{HANZI}]){{1,14}}(?:公示名单|拟录用人员公示|任前公示|开奖公告)
      | (?:勘误|致歉|更正与说明|更正说明|订正)
    )
    (?:[（(][{HANZI}0-9]{{1,8}}[）)])?[】\]》”]?[：:]?
    """,
    re.VERBOSE,
)
LONGEST_CALL = 60
_CALL = re.compile(  # 客服热线 96888, 抢购电话：0998-5566001, …公益广告: no sentence, and whom to call at the end
    r"""
    [^。！？，；“”]{3,40}
    (?: (?:热线|熱線|电话|電話|咨询|諮詢|预约|預約|订购|抢购)[：:\ ]{0,2}[0-9０-９（(][0-9０-９—–\-\ ()（）]{4,20}
      | 公益广告 | 公益廣告
    )
    (?:\ ?[（(][^（()）]{2,24}[）)])?
    """,
    re.VERBOSE,
)
"""A line that advertises by its end; a paper's own hotline is furniture, which is asked before."""

_FORMULA_END = re.compile(
    r"(?:特此|谨此|专此)(?:公告|通告|声明|更正|公示|通知|致歉|说明|讣告|讣闻|奉闻)(?:，?并(?:向[^。，]{2,12})?(?:深表歉意|致歉))?[。！]?$"
)
_LOST = re.compile(
    rf"[●■◆·\ ]{{0,2}}(?:兹有|兹|本人|我公司|我单位|本公司|[{HANZI}（）()·]{{2,30}}?)"
    rf"(?:[（(][^（()）]{{2,40}}[）)])?[，\ ]?(?:因?不慎(?:将|遗失|丢失)?|遗失|丢失|将)"
    rf"[^。！？“”]{{2,150}}(?:声明|现|登报|特此)?(?:声明)?作废[。；，！]?(?:[（(][^（()）]{{1,16}}[）)])?"
)
_GENERAL = re.compile("不用|无须|无需|不必|不需|可以|可在|应当|必须|只需|如果|一旦|时，|后，|今后|记者|怎么")
"""Stands in what is said about losing papers, not in what is said of one that was lost."""

_DRAW = re.compile(
    r"(?:中国)?(?:福利|体育)?(?:彩票)?[“「]?(?:双色球|超级大乐透|大乐透|排列[3三5五]|七乐彩|福彩3D|3D|七星彩|快乐8|36选7|31选7|六合彩|今彩539|威力彩|大樂透|萬字票|多多)[”」]?[^。，]{0,12}?第?\s?[0-9]{3,8}\s?期"
)
_FORECAST_OF_DAYS = re.compile(  # 今天：阴转小雨，偏北风3到4级，6℃～11℃。明天：…
    r"(?:今[天日晚夜]|明[天日]|后天|未来[三两]天)(?:白天|夜间|夜里|到夜间|到明天)?[：:][^。：]{0,12}[晴阴陰云雲雨雪霾雾霧][^：]{0,40}[0-9]\s?(?:℃|度|级|級)"
)
_FORECAST = re.compile(
    r"(?:(?:今日|今天|明天|本市|城市|今明)?(?:天气预报|天气|天氣預報|天氣)|气象预报)[：:】\]\ ](?=.*(?:[晴阴陰云雲雨雪霾雾霧风風]|[0-9]\s?[℃度]))"
)
_NEWS = re.compile(r"说[，：]|說[，：]|表示|指出|强调|強調|认为|認為")  # a report may begin so too


def is_notice(text: str) -> bool:
    """Whether a block is a public notice: by its title and what parts it from the rest, or by the formula that ends it.

    >>> is_notice("遗失声明 梁谷遗失身份证，声明作废。"), is_notice("梁谷遗失身份证，声明作废。"), is_notice("公告称，该公司")
    (True, True, False)
    >>> is_notice("我市发布招聘公告 三百个岗位，等你来。"), is_notice("老人说，存折丢失后原折声明作废，补办很快。")
    (False, False)
    """
    return _is(_NOTICE, text) or _is_by_formula(text)


def is_advert(text: str) -> bool:
    """Whether a block is a small advertisement: 招租 …, 转让：…, 徵才 ….

    >>> is_advert("转让 石臼路临街门面，价面议。"), is_advert("招聘 搭起就业连心桥")
    (True, False)
    """
    if len(text) <= LONGEST_CALL and _CALL.fullmatch(text):
        return True
    return _is(_ADVERT, text) or (text[-1:].isdigit() and _SERVICES.fullmatch(text) is not None)


@lru_cache(ANSWERS_KEPT)
def is_notice_title(text: str) -> bool:
    """Whether a whole heading is the title of a notice, so that what stands below it is one.

    >>> is_notice_title("停电公告"), is_notice_title("遗失声明"), is_notice_title("我市发布招聘公告")
    (True, True, False)
    """
    if not 2 <= len(text) <= LONGEST_TITLE:
        return False
    return _TITLE_ALONE.fullmatch(text.translate(_SIMPLE)) is not None or is_notice_title_of_papers(text)


def _is(pattern: re.Pattern[str], text: str) -> bool:
    if len(text) > LONGEST_NOTICE or not _may_open(text):
        return False
    if not pattern.match(text[:LOOKED_THROUGH].translate(_SIMPLE)):
        return False
    return not _NEWS.search(text)


@lru_cache(ANSWERS_KEPT)
def _may_open(text: str) -> bool:
    """Whether something near the start may part a title from the rest; asked for notices and for advertisements."""
    return _OPENS.match(text) is not None


def _is_by_formula(text: str) -> bool:
    """By 声明作废 and 特此公告, by a draw's number, by a forecast's title."""
    if not SHORTEST_FORMULA <= len(text) <= LONGEST_NOTICE:
        return False
    end = text[-24:]
    if "作" in end and ("作废" in end or "作廢" in end):
        simple = text.translate(_SIMPLE)
        return _LOST.fullmatch(simple) is not None and not _GENERAL.search(simple) and not _NEWS.search(text)
    if "此" in end and _FORMULA_END.search(end.translate(_SIMPLE)):
        return not _NEWS.search(text) and "记者" not in text and "記者" not in text
    if "期" in text[:40] and _DRAW.match(text):
        return True
    if text[:1] not in "天今明本城气后未【[":
        return False
    return _FORECAST.match(text.lstrip("【[")) is not None or _FORECAST_OF_DAYS.match(text) is not None
