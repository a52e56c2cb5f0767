"""The words of bylines, as parts of patterns: names, roles, papers, labels, and what stands behind the last name.

Nothing here decides; `people`, `leads`, `pictures` and `signatures` put them together.
"""

from __future__ import annotations

import re

from corpus_tools.characters import HANZI

PLAIN_NAME = rf"[{HANZI}]{{2,4}}"
SPACED = rf"[{HANZI}]\ [{HANZI}](?![{HANZI}])"  # 刘 涛: print sets two-character names as wide as three-character ones
FOREIGN_NAME = rf"[{HANZI}]{{1,8}}[·•・‧][{HANZI}·•・‧]{{1,12}}"
NAME = rf"(?:{FOREIGN_NAME}|{SPACED}|{PLAIN_NAME})"
_BETWEEN = r"(?:\ ?[、，,/／]\ ?|\ )"
NAMES = rf"{NAME}(?:{_BETWEEN}{NAME}){{0,7}}"

_KIND = (
    r"(?:特约|特約|首席|资深|資深|高级|高級|见习|見習|实习|實習|全媒体|全媒體|融媒体|融媒體|融媒|多媒体|多媒體|新媒体|新媒體|视频|視頻|文字|图片|圖片"
    r"|摄影|攝影|体育|體育|财经|財經|时政|時政|专职|特派|特派员|签约|簽約|学生|學生|校园|校園|地方|驻站|駐站|本地|采访"
    r"|[驻駐](?![村站点厂])[^\s，。：（）()／/]{1,8}?)"
)
PERSON_ROLE = (
    rf"(?:{_KIND}){{0,2}}"
    r"(?:记者|記者|通讯员|通訊員|实习生|實習生|见习生|评论员|評論員|撰稿人|撰稿员|特派员|特派員|观察员|觀察員|编译|編譯|作者|主笔|主筆|专栏作家|專欄作家"
    r"|特约撰稿|特約撰稿|撰稿|[驻駐][^\s，。：（）()／/]{1,4}?特派员)"
)
OWN_PAPER = r"本报|本報|本刊|本社|本台|本臺|本网|本網|我报"
PAPER = (
    rf"(?:{OWN_PAPER}|新华社|新華社|中新社|中新网|中央社|中通社|央视|央視|央广|《[{HANZI}]{{2,10}}》"
    rf"|[{HANZI}]{{2,6}}(?:日报|晚报|时报|早报|都市报|日報|晚報|時報|早報)|[{HANZI}]{{1,5}}[报報])"
)
ANY_PAPER = (  # before a role, where names must follow: any office that sends reporters
    rf"(?:{PAPER}(?:社|记者站|記者站|融媒体中心|客户端)?[·\ ]?"
    rf"|[{HANZI}]{{1,10}}(?:社|网|網|台|臺|新闻|新聞|周刊|週刊|杂志|雜誌|报业|報業|传媒|傳媒|电讯|客户端|融媒体中心|融媒|在线|中心|频道|[報报]社"
    rf"|(?:[报報]|新闻)·[{HANZI}]{{2,8}}[+＋]?)\ ?)"
)
ROLED = rf"{PAPER}?\ ?{PERSON_ROLE}[：:\ /／╱]{{0,2}}{NAMES}"

BULLETS_OF_AUTHORS = "□■◇◆○●◎▲△※★☆▶►▷⊙☉◈❑❒♦"
SURE_BULLETS = frozenset("□◇○◎⊙☉❑❒")
"""Hollow ones stand before authors; filled ones before the items of a list as well."""

_TEXT_LABEL = (
    r"(?:采访[、/和]?撰文|採訪[、/]?撰文|撰文|作者|整理|报道|報道|報導|採訪|采访|采写|編譯|编译|翻译|翻譯|执笔|執筆"
    r"|专访|專訪|口述|供稿|撰稿|记录整理|文字|图文|圖文|文图|文)"
)
_PICTURE_LABEL = r"(?:摄影|攝影|图片|圖片|照片|制图|製圖|绘图|繪圖|绘画|漫画|漫畫|插画|视频|視頻|供图|供圖|图|圖|摄|攝|绘|策划|統籌|统筹|设计)"
_COLON = r"\ ?[：:／/|｜]\ ?"
TEXT_AND_PICTURE = (
    r"(?:文[、/／\ ·][图圖摄攝]|[图圖摄攝][、/／\ ·]文|文[图圖]|[图圖]文|文字?[、/／]摄影|[图圖]片?[、/／]文字?)"
)
"""Who wrote and took the pictures: a byline where a role says so."""

TOKEN = re.compile(
    rf"""
      (?:(?<![{HANZI}]){ANY_PAPER}|(?:本报|本報|新华社|新華社|中新社)\ ?)?(?P<role>{PERSON_ROLE})(?![{HANZI}]{{0,1}}[：:]?$)\ ?[：:／/|｜]?
    | (?<![{HANZI}])(?P<both>{TEXT_AND_PICTURE})(?:{_COLON}|\ )
    | (?<![{HANZI}])(?P<text>{_TEXT_LABEL}){_COLON}
    | (?<![{HANZI}])(?P<picture>{_PICTURE_LABEL}{_COLON}|(?<=\ )(?:摄影|攝影|摄像)\ )
    """,
    re.VERBOSE,
)
PLACE = rf"[{HANZI}0-9月日]{{1,10}}"
BEHIND_NAMES = re.compile(  # what may stand behind the last name
    rf"""
    (?:
        [\ ／/]{{0,3}}(?:发自|發自)\ ?{PLACE}
      | [\ ／/]\ ?(?P<place>{PLACE})(?:专电|專電|特稿|专题|專題|报道|報道|報導|连线|連線|电|電|特写|特寫|直擊|直击)
      | \ ?(?P<both>{TEXT_AND_PICTURE})
      | (?<=[{HANZI}]{{2}})[\ ／/](?P<wrote>文)  # not the given name in 柳 文
      | [\ ／/]{{0,2}}(?P<made>(?:综合|綜合|摄影|攝影|专题|專題|联合|聯合)?(?:报道|報道|報導)|采写|撰文|专访|專訪|整理|编译|編譯|翻译|翻譯
          |执笔|執筆|采访整理|口述|编写|供稿)
      | [\ ／/]{{0,2}}(?P<taken>摄影|摄|攝影|攝)
    )$
    """,
    re.VERBOSE,
)
OFFICE_END = (
    r"(?:教授|讲师|講師|研究员|研究員|院长|院長|校长|校長|所长|所長|主任|书记|書記|主席|会长|會長|秘书长|理事|委员|委員|会员|會員|导师|導師|博士|硕士|碩士|学者|學者|作家|诗人|律师|律師"
    r"|工程师|医师|醫師|教师|教師|记者|记者|编辑|司长|局长|处长|部长|主编|总编辑|总裁|经理|董事长|代表|大学|大學|学院|學院|党校|黨校|研究院|研究所|研究会|研究會|学会|學會|协会|協會"
    r"|中心|基地|基金会|基金會|实验室|系|学校|學校|医院|醫院|法院|检察院|[局部委厅廳司院校所社会會馆馆館处處室办辦团團台站科]|公司|集团|集團|学生|學生|读者|讀者|市民|农民|农夫|分校|分社|总队|支队|大队|中队)"
)
