"""Pictures: who took or drew one (credits), and what one shows (captions)."""

from __future__ import annotations

import re

from corpus_tools.characters import HANZI
from corpus_tools.names import may_be_name
from corpus_tools.roles.people import NAME, PAPER, PERSON_ROLE

_WHO = rf"(?:{PAPER}|{PERSON_ROLE}|{NAME}|[\ 、，,/／]){{1,12}}"
_AGENCY = r"(?:新华社|新華社|中新社|中央社|法新社|路透社|美联社|美聯社|法新|路透|视觉中国|東方IC)"
_OFFICE = r"(?:局|部|委|院|馆|館|社|台|臺|会|會|队|隊|公司|中心|大学|大學|学校|學校|办|辦|集团|集團|厂|廠|站|处|處|所)"
_CREDIT_LINE = re.compile(
    rf"""
    [（(□■▲△◆\ ]{{0,2}}
    (?:
        [图圖][／/：:](?:取自|翻[摄攝]自).{{2,24}}
      | (?:本?[图圖]片?|照片)均?由[^，。；：]{{2,20}}(?:提供|拍[摄攝]|供稿)       # 图片由市图书馆提供
      | (?:供[图圖]|[图圖]片?|文)[／/：:]\ ?[{HANZI}]{{2,12}}{_OFFICE}  # 供图/市气象台
      | (?P<who>{_WHO})[\ /／]?(?:(?P<sure>摄|攝|供图|供圖|图/文|文/图)|摄影报道|攝影報導|摄影|攝影|制图|製圖|绘)
      | (?P<first>文/图|图/文|文图|摄影|攝影|图|圖|供图|供圖|制图|漫画|漫畫)[\ ：:／/]{{1,2}}(?P<named>{_WHO})
      | [{HANZI}]{{2,12}}(?:供图|供圖)
      | (?:新华社|新華社|中新社|本报|本報)(?:发|發|资料图片|資料圖片|供图)(?:\ ?[（(]{_WHO}[摄攝][）)])?
      | {_AGENCY}(?:/{_AGENCY}){{1,3}}|{_AGENCY}(?=[）)])
      | (?:资料|資料|網絡|網路|网络)(?:图片|圖片|图|圖)|[图圖]片[来來]源[：:].{{2,20}}
    )
    [）)\ 。]{{0,2}}
    """,
    re.VERBOSE,
)
_CREDIT_WORD = re.compile(r"[摄攝图圖绘画畫]|[社]|法新|路透|文/|照片")
_CAPTION_START = re.compile(
    r"""
    [（(]?(?:[▲△▼▽◀▶←→↑↓]\ ?)?
    (?: [图圖]为|圖為|图片为
      | [上下左右][图圖](?![书書东東馆館标標谋謀])
      | [图圖][①-⑳0-9一二三四五六][：:为\ ]
      | (?:资料|資料|题|題|大|小|主)?[图圖][：:])
    | [▲△▼▽◀←↑↓](?=[^上下转轉接紧緊0-9])
    """,
    re.VERBOSE,
)
_NAME = re.compile(NAME)


def is_credit(text: str) -> bool:
    """Whether a whole block says who took or drew a picture.

    >>> is_credit("本报记者 张占兵摄"), is_credit("(齐向真、陈旺文/摄)"), is_credit("中新社供图"), is_credit("手机摄影")
    (True, True, True, False)
    """
    if len(text) > 40 or not _CREDIT_WORD.search(text) or text.rstrip("）)").endswith(("拍摄", "拍攝")):
        return False
    match = _CREDIT_LINE.fullmatch(text)
    if match is None:
        return False
    if match["sure"] or not (match["who"] or match["named"]):
        return True
    who = match["who"] or match["named"]
    # 摄影, 绘 and 图： stand in headlines too: only with a role, a space in the name, or a surname are they credits
    if re.search(PERSON_ROLE, who) or re.search(rf"[{HANZI}]\ [{HANZI}](?![{HANZI}])", who.strip()):
        return True
    return all(may_be_name(name) for name in re.split(r"[\ 、，,/／]+", who.strip()) if name)


def is_caption(text: str) -> bool:
    """Whether a block says by its first words that it describes a picture (图为…, 上图…)."""
    return len(text) <= 300 and _CAPTION_START.match(text) is not None
