"""Titles of what is no report: boxes of contents, lists of short news; and the words of public notices, whose titles `notices` knows."""

from __future__ import annotations

import re

from corpus_tools.characters import HANZI

LONGEST_TITLE = 30
"""Characters: 国有建设用地使用权挂牌出让公告 has 15, the office before it 12."""

_SET_OFF = " 【】〔〕[]《》“”「」●■◆★☆▲"
_CONTENTS_TITLE = re.compile(
    r"(?:今日|本报今日|本報今日|本期|本版|内页|內頁|版面|要闻|要聞|新闻|新聞)?(?:导读|導讀|导览|導覽|看点|看點|提要|目录|目錄|索引|速览|速覽)|今日(?:要闻|要聞|关注|看点)提要|内容提要"
)
_BRIEFS_TITLE = re.compile(
    rf"[{HANZI}]{{0,6}}(?:简讯|短讯|快讯|短波|简报|快报|简明新闻|一句话新闻|新闻集纳|集锦|拾零|掠影|一览|要闻|速览|速递|传真|扫描|点击|集萃|摘编|資訊|资讯|简报|簡訊|短訊|快訊|短波|快報|集錦|要聞|速覽)"
)

_SERVICE_TITLE = re.compile(
    r"(?:今日|明日|本市|本周|今明|一周|昨日|近日)?(?:天气|天气预报|天氣|天氣預報|气象|油价|油價|菜价|菜價|物价|汇率|匯率|股市|金价|彩票|福彩|体彩|彩票开奖|开奖公告|开奖信息|開獎|六合彩|六合彩攪珠結果|攪珠結果|開獎結果|开奖结果"
    r"|便民信息|便民服务|分类信息|分类广告|分類廣告|电视节目|節目表|节目预告|影讯|影院|演出|演出预告|讣闻|訃聞|生活提示|交通提示|限行|停电预告|停水预告)(?:预告|信息|提示|一览)?"
)
_NOTICE_TITLE_OF_PAPERS = re.compile(
    rf"(?:《[^》]{{2,12}}》|本报|本刊|本版|本報|[{HANZI}]{{2,12}})?(?:征稿|征文|征订|征集|约稿|稿约|招募|徵稿|徵文)(?:启事|啟事|函|公告|通知)?|(?:鸣谢|鳴謝)(?:启事|啟事)?|(?:寻|尋)[{HANZI}]{{1,3}}(?:启事|啟事)?(?<=[事人物犬狗猫車车])|稿约|更正(?:与|及)?(?:致歉|说明)"
    rf"|(?!最高)(?![^。]*(?:发布|發布|發佈|发表|發表|签署|通过|出台|印发|刊登|登出|收到|回应|一则|一份|这))[{HANZI}（）()]{{2,14}}(?:启事|啟事|公告|公示|通告|通知书)"
    rf"|(?:关于|關於|征求|征集|徵求|徵集|招募|聘请)[{HANZI}“”（）()《》0-9]{{2,24}}的(?:启事|啟事|公告|公示|通告)"
)


def is_service_title(text: str) -> bool:
    """Whether a heading stands above weather, prices, draws, programmes or small advertisements.

    >>> is_service_title("天气"), is_service_title("分类信息"), is_service_title("天气转凉 市民添衣")
    (True, True, False)
    """
    return len(text) <= LONGEST_TITLE and _SERVICE_TITLE.fullmatch(text.strip(_SET_OFF).replace(" ", "")) is not None


def is_notice_title_of_papers(text: str) -> bool:
    """Whether a heading is the title of what a paper has to say itself: 《理论周刊》征稿启事, 鸣谢启事.

    >>> is_notice_title_of_papers("《理论周刊》征稿启事"), is_notice_title_of_papers("征文大赛落幕")
    (True, False)
    """
    return len(text) <= LONGEST_TITLE and _NOTICE_TITLE_OF_PAPERS.fullmatch(text.replace(" ", "")) is not None


def is_contents_title(text: str) -> bool:
    """Whether a heading stands above a box of what is on the other pages.

    >>> is_contents_title("今日导读"), is_contents_title("導讀"), is_contents_title("导读机器人上岗")
    (True, True, False)
    """
    return len(text) <= LONGEST_TITLE and _CONTENTS_TITLE.fullmatch(text.strip(_SET_OFF).replace(" ", "")) is not None


def is_briefs_title(text: str) -> bool:
    """Whether a heading stands above several short items that are an article each.

    >>> is_briefs_title("短 波"), is_briefs_title("科技简讯"), is_briefs_title("市委召开简讯工作会")
    (True, True, False)
    """
    return len(text) <= LONGEST_TITLE and _BRIEFS_TITLE.fullmatch(text.strip(_SET_OFF).replace(" ", "")) is not None


_SOURCES_TITLES = frozenset(
    (
        "注释",
        "注釋",
        "参考文献",
        "參考文獻",
        "参考书目",
        "資料來源",
        "资料来源",
        "引文出处",
        "链接",
        "相关链接",
        "名词解释",
    )
)


def is_sources_title(text: str) -> bool:
    """Whether a heading stands above what an essay cites, or a report explains: it belongs to the article above.

    >>> is_sources_title("注释："), is_sources_title("链接"), is_sources_title("注释法律")
    (True, True, False)
    """
    return text.strip(_SET_OFF + "：:") in _SOURCES_TITLES


_NOTICE_WORDS = re.compile(
    r"特此|敬请|敬請|请.{0,12}(?:于|在|到|与|登录|拨打|留意|知悉|谅解|相互转告|联系|申报|领取)|作废|作廢|遗失|遺失|挂失|声明|聲明|公告|公示|通告|通知|启事|債權|债权|申报|申報|报名|報名|竞买|投标|投標"
    r"|联系(?:人|电话|方式)|聯絡|电话[：:]|電話[：:]|热线|地址|地点|地點|时间|時間|邮箱|网址|网站|停水|停电|停電|停气|停暖|绕行|繞行|封闭|施工|检修|檢修|注册号|证号|編號|编号|号码|年[0-9]{1,2}月[0-9]{1,2}日$"
    r"|兹|茲|本公司|我公司|本院|我局|本局|本店|本人|我院|逾期|届时|屆時|期间|期間|如有|异议|異議|委托|委託"
)


def speaks_as_notice(text: str) -> bool:
    """Whether a paragraph has words that notices have: what to do, whom to call, what is void, who says so.

    >>> speaks_as_notice("因设备检修，6月22日7时至19时停电，敬请谅解。"), speaks_as_notice("乌方尚未就这些袭击作出回应。")
    (True, False)
    """
    return _NOTICE_WORDS.search(text) is not None
