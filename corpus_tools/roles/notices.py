"""Small advertisements and public notices that stand in one block: 遗失声明, 拍卖公告, 求租, 招聘 …, known by their first words."""

from __future__ import annotations

import re

from corpus_tools.characters import HANZI

LONGEST_NOTICE = 400
"""Characters; what is longer is a report about a notice, or a page of them."""

LONGEST_TITLE = 30
"""Characters of a notice's title, looked through for its end: 国有建设用地使用权挂牌出让公告 has 15, an office before it 12."""

LOOKED_THROUGH = 120
"""Characters at a block's start that hold a title and show that the rest is no second half of a headline."""

_SIMPLE = str.maketrans(
    "啟啓聲標採購賣競價掛讓註銷減資並併遷墳電氣債權轉達開認領遺廢業變嚴鄭尋親徵屍崗動勞環響評鋪舖誠請頂聞訃書詢簡員會證處發則張這關佈",
    "启启声标采购卖竞价挂让注销减资并并迁坟电气债权转达开认领遗废业变严郑寻亲征尸岗动劳环响评铺铺诚请顶闻讣书询简员会证处发则张这关布",
)
"""Traditional forms of what the patterns below are made of."""

_SURE = (
    "招聘|招工|招生|征才|征人|征集|征稿|招标|询价|流标|成交|中标|采购|拍卖|变卖|竞买|竞价|挂牌|出让|注销|减资|清算|合并|分立|迁坟|停水|停电|停气|债权转让|酒牌转让"
    "|新酒牌|更正|送达|开庭|催告|催收|认领|招领|遗失|作废|更名|迁址|开业|变更|致歉|道歉|严正|郑重|澄清|授权|寻人|寻亲|征婚|认尸|限期返岗|返岗|解除劳动合同|环境影响评价|环评|声明|公示"
)
_REPORTED = "发布|发出|刊登|登出|贴出|公布|出台|印发|收到|一则|一份|一张|这则|这份|的|首"
"""Stand before the title where a report tells of a notice: 我市发布招聘公告, 一份特殊的拍卖公告."""

_OPENS = re.compile(
    rf".{{1,{LONGEST_TITLE}}}?[告示知书書事章明租聘工才人购購售屋出让讓闻聞正婚请請][】\]》”]?(?:[（(].{{1,6}}[）)])?[】\]》”\ ：:\n]"
)
_NOTICE = re.compile(
    rf"""
    [●■◆]?[【\[《“]?
    (?:
        (?:(?!{_REPORTED})[{HANZI}]){{0,20}}?(?:{_SURE})(?:公告|通告|公示|通知书?|启事|简章|声明)    # 市第三医院招聘公告
      | (?!最高)(?:(?!{_REPORTED})[{HANZI}]){{2,16}}(?:法院|仲裁委员会|公证处|有限公司)公告             # 汀溪县人民法院公告
      | 关于[{HANZI}0-9]{{2,22}}的(?:公告|通告|公示)
      | 公告|通告|启事|声明|讣告|讣闻|更正
      | 招聘|诚聘|急聘|聘请|招工|征才|征人|(?:旺铺)?招租|求租|出租|放租|合租|求购|出售|急售|售屋|转让|顶让|寻人|征婚|法拍屋
    )
    (?:[（(][{HANZI}0-9]{{1,6}}[）)])?           # （第二次）
    (?:[】\]》”][\ ：:\n]?|[\ ：:\n])              # what parts the title from the rest
    (?=.*?(?:[。；]|[0-9]{{5}}))                 # a sentence or a telephone number: a second half of a headline has neither
    """,
    re.VERBOSE | re.DOTALL,
)
_NEWS = re.compile(r"说[，：]|說[，：]|表示|指出|强调|強調|认为|認為")  # a report may begin so too


def is_notice(text: str) -> bool:
    """Whether a block is a small advertisement or a public notice, by its first words and what parts them from the rest.

    A line that only says that someone's paper is lost and void stands below a title: what it is, its article says.

    >>> is_notice("遗失声明 梁谷遗失身份证，声明作废。"), is_notice("转让 石臼路临街门面，价面议。"), is_notice("公告称，该公司")
    (True, True, False)
    >>> is_notice("我市发布招聘公告 三百个岗位，等你来。"), is_notice("招聘 搭起就业连心桥")
    (False, False)
    """
    if len(text) > LONGEST_NOTICE or not _OPENS.match(text):
        return False
    if not _NOTICE.match(text[:LOOKED_THROUGH].translate(_SIMPLE)):
        return False
    return not _NEWS.search(text)
