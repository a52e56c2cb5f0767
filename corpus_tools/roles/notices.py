"""Small advertisements and public notices that stand in one block: 遗失声明, 拍卖公告, 求租, 招聘 …, known by their first words."""

from __future__ import annotations

import re

from corpus_tools.characters import HANZI

LONGEST_NOTICE = 400
"""Characters; what is longer is a report about a notice, or a page of them."""

_SURE = (
    r"(?:招聘|招工|招生|征集|徵集|公示|招标|招標|中标|中標|采购|採購|拍卖|拍賣|竞买|竞价|挂牌|出让|出讓|注销|註銷|减资|減資|清算|合并|迁坟|遷墳|停水|停电|停電"
    r"|债权转让|更正|送达|催告|认领|認領|遗失|遺失|作废|作廢|更名|迁址|遷址|开业|開業)"
)
_NOTICE = re.compile(
    rf"""
    [【\[《“]?
    (?:
        (?:[{HANZI}]{{2,14}}?)?{_SURE}(?:公告|通告|启事|啟事|简章|簡章|声明|聲明)      # 市第三医院招聘公告
      | (?:严正|嚴正|郑重|鄭重|澄清)?(?:声明|聲明)
      | (?:寻人|尋人|征婚|徵婚|征稿|徵稿|认尸|招领|招領)(?:启事|啟事)
      | 公告|通告|启事|啟事|讣告|訃告|招聘|招租|求租|出租|求购|求購|出售|转让|轉讓|合租|寻人|尋人
    )
    [】\]》”]?
    [\ ：:\n]
    """,
    re.VERBOSE,
)
_OPENS = re.compile(r".{0,18}[告事章明租购購售让讓聘人][】\]》”]?[ ：:\n]")
_NEWS = re.compile(r"说[，：]|說[，：]|表示|指出|强调|強調|认为|認為")  # a report may begin so too


def is_notice(text: str) -> bool:
    """Whether a block is a small advertisement or a public notice, by its first words and what parts them from the rest.

    >>> is_notice("遗失声明 梁谷遗失身份证，声明作废。"), is_notice("转让 石臼路临街门面，价面议。"), is_notice("公告称，该公司")
    (True, True, False)
    """
    if len(text) > LONGEST_NOTICE or not _OPENS.match(text) or not _NOTICE.match(text):
        return False
    return not _NEWS.search(text)
