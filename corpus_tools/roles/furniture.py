"""Furniture (masthead, folio, imprint, editors' and contact lines), OCR residue, and rows of tables."""

from __future__ import annotations

import re

from corpus_tools.characters import HANZI
from corpus_tools.names import COMPOUND_SURNAMES, SURNAMES

_FOLIO = r"[0-9]{1,3}|第?\ ?[A-Z]?[0-9]{1,2}\ ?版|第[一二三四五六七八九十]{1,3}版|[—\-·\ ]{1,3}[0-9]{1,3}[—\-·\ ]{1,3}"
_WEEKDAY = r"(?:星期|週|周)[一二三四五六日天]"
_DATE = (
    r"(?:(?:(?:19|20)[0-9]{2}|中[华華]民[国國][0-9]{2,3}|[二一][〇零九○０0][〇零一二三四五六七八九○]{2})年"
    r"\ ?[0-9一二三四五六七八九十]{1,3}月\ ?[0-9一二三四五六七八九十]{1,3}日)"
)
_LUNAR = (
    r"(?:农历|農曆|夏历|夏曆)\ ?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?)?\ ?"
    r"[闰閏]?(?:[正一二三四五六七八九十冬腊臘]{1,2}月)(?:[初十廿卅二三][一二三四五六七八九十]?|三十)日?(?:\ +.{0,12})?"
)
_ENGLISH_DATE = (
    r"(?:[A-Za-z]{3,9}day,?\ )?"
    r"(?:[0-9]{1,2}\ [A-Z][a-z]{2,8},?\ (?:19|20)[0-9]{2}|[A-Z][a-z]{2,8}\ [0-9]{1,2},\ (?:19|20)[0-9]{2})"
)
_SURE_IMPRINT = r"国内统一|國內統一|邮发代号|郵發代號|CN\ ?[0-9]{2}[-—][0-9]{4}"
_IMPRINT = (
    r"(?:总第?\ ?[0-9]+\ ?期|第\ ?[0-9]{3,}\ ?期|今日\ ?[0-9一二三四五六七八九十]+\ ?版"
    rf"|零售价?[：:]?\ ?[0-9.]+元|每份\ ?[0-9.]+元|{_DATE}|{_WEEKDAY})"
)
_FAMILY = "[" + "".join(sorted(SURNAMES)) + "]|" + "|".join(COMPOUND_SURNAMES)
_EDITOR = rf"(?:[{HANZI}]\ [{HANZI}](?![{HANZI}])|(?:{_FAMILY})[{HANZI}]{{1,2}})"
_DESK = (
    r"(?:本版|本报|本期)?(?:值班)?(?:责编|责任编辑|责任校对|责校|编委|版式设计|版式|美编|美术编辑|責任編輯|責編|編輯|校對"
    r"|校对|编辑|主编|主編|编审|组版|排版|设计|图编|终审)"
)
_PAPER_NAME = (
    rf"(?:香港|澳門)?(?:[{HANZI}]{{2,4}}(?:[日晚时早]报|[日晚時早]報|都市报|都市報|青年报|青年報|商报|商報|时讯)"
    r"|聯合報|文匯報|大公報|明報|信報|联合报|文汇报)"
)
_NO_PAPER = re.compile(r"[发發看喜布的了天]")  # 我市发布空气质量日报
_SECTION = (
    r"(?:要闻|要聞|综合|綜合|国际|國際|国内|本市|本地|社会|社會|财经|財經|经济|經濟|文化|体育|體育|副刊|广告|廣告|专题|專題|专版|时政|時政"
    r"|民生|教育|健康|娱乐|娛樂|评论|評論|理论|理論|港澳|台湾|两岸|兩岸|地方|生活|都市|焦点|焦點|新闻|新聞|天下|法治|科技|读书|深度|头版|頭版)"
)
_CONTACT = r"新闻热线|报料电话|投稿邮箱|广告热线|发行热线|社址|地址|邮编|邮政编码|电子信箱|E-mail|网址"
_FURNITURE = re.compile(
    rf"""
    (?:
        {_FOLIO}                                                               # 第3版, — 3 —
      | [A-Z]?[0-9]{{1,2}}\ +[{HANZI}·\ ]{{2,12}}\ +{_DATE}[^。]{{0,40}}           # 02 要闻 2023年11月8日 …
      | (?:[{HANZI}]{{2,10}}\ +)?{_DATE}[\ ,，]*(?:{_WEEKDAY}[^，。]{{0,40}})?
      | {_WEEKDAY}|{_ENGLISH_DATE}|(?:https?://|www\.)[\w./-]{{4,60}}
      | (?:第?\ ?)?[A-Z]?[0-9]{{1,2}}\ ?版?\ {{0,3}}[·|｜]?\ ?{_SECTION}{{1,2}}(?:新闻|新聞)?版?  # A3 要聞
      | {_SECTION}{{1,2}}\ +第?\ ?[A-Z]?[0-9]{{1,2}}\ ?版?
      | {_LUNAR}
      | [^，。！？]{{0,40}}(?:{_SURE_IMPRINT})[^，。！？]{{0,60}}
      | (?:{_IMPRINT}|[{HANZI}]{{0,4}}(?=\ )|[\ ·|｜　]){{1,8}}
      | {_DESK}[\ ：:／/]{{1,2}}{_EDITOR}(?:[\ 、]{_EDITOR})*(?:[\ ，；|｜]+{_DESK}[\ ：:／/]{{1,2}}{_EDITOR}(?:[\ 、]{_EDITOR})*){{0,5}}(?:\ +.{{0,40}})?
      | {_DESK}[：:／/]\ ?[{HANZI}]{{2,4}}(?:[\ ，；|｜]+{_DESK}[：:／/]\ ?[{HANZI}]{{2,4}}){{1,6}}  # two desks prove the names
      | (?:{_CONTACT})[\ ：:].{{2,60}}
    )
    """,
    re.VERBOSE,
)
_MASTHEAD = re.compile(rf"{_PAPER_NAME}(?:\ +{_DATE}.{{0,40}})?")

_RESIDUE = re.compile(
    r"""
    ```[a-z]*|~~~[a-z]*|[-*_]{3,}|<br\ ?/?>|</?(?:div|span|p|html|body|ul|ol|li|h[1-6])\b[^>]{0,80}>|<\|[a-z_]{2,20}\|>  # fences, tags
    | !\[[^\]]{0,80}\]\([^)]{0,200}\)|<img[^>]{0,200}>|\[(?:图片|圖片|image|illegible|无法识别|無法辨識)[^\]]{0,12}\]
    | (?:好的，?|当然，?|當然，?)?(?:以下|下面)(?:是|为|為)
      (?:[这這]?[张張]?(?:图片|图像|照片|圖片|圖像|该图|該圖|页面|頁面|识别|識別|辨識)|报纸(?:图片|页面|版面|中|的(?:文字|全部))|提取(?:的|到|出))[^\n，]{0,30}
      (?:内容|文字|文本|结果|內容|結果)[：:]?
    | \[?[（(]?(?:由于篇幅限制，)?以下(?:文字模糊|内容(?:省略|无法))[^\n。]{0,20}[）)]?\]?
    | (?:Sorry,?\ )?I(?:'m\ sorry,?\ but\ I)?\ can(?:'|no|’)t\ (?:assist|help)[^\n\u4e00-\u9fff]{0,80}
    | I'm\ sorry,[^\n\u4e00-\u9fff]{0,100}|As\ an\ AI[^\n\u4e00-\u9fff]{0,120}
    | Here\ is\ the\ (?:text|transcription|OCR)[^\n\u4e00-\u9fff]{0,60}
    | (?:很|非常)?抱歉，?我[无無不][法能]?(?:法|能)?(?:识别|識別|辨识|辨識|辨认|提供|处理|處理|查看|读取|讀取|完成|协助|協助|看清)[^\n]{0,40}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TABLE_ROW = re.compile(r"\|.+\|.*\||</?(?:table|thead|tbody|tr|td|th)\b.*")


def is_furniture(text: str) -> bool:
    """Whether a whole block is a masthead, a folio, a date line, an imprint, an editors' or a contact line."""
    if not 0 < len(text) <= 120 or text[-1] in "。！？!?；;：:":
        return False
    if _MASTHEAD.fullmatch(text):
        return not _NO_PAPER.search(text[:8])
    return _FURNITURE.fullmatch(text) is not None


def is_residue(text: str) -> bool:
    """Whether a whole block is something an OCR model added to the page."""
    return _RESIDUE.fullmatch(text.strip("*#_ ") or text) is not None


def is_table_row(text: str) -> bool:
    """Whether a line is a row of a Markdown or HTML table."""
    return _TABLE_ROW.match(text) is not None
