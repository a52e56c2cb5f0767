"""Pages that nobody printed: invented text in the shapes and encodings that newspapers come in.

Every name, place and figure is made up. `PAGES` maps a file name to its bytes.
"""

from __future__ import annotations

from random import Random

SIMPLIFIED = """\
青河晚报

城东道路修缮提前完工 两万居民出行更方便

本报讯（记者 陆 晴）3月5日，记者从青河市交通局获悉，城东片区道路修缮工程提前二十天完工。该工程全长六公里，涉及八条街道、十二个小区，是今年全市民生实事之一。

工程指挥部负责人介绍，施工期间采用夜间作业、分段围挡的办法，尽量减少对交通的影响，并安排志愿者引导行

人绕行。完工以后，城东到火车站的车程可缩短十五分钟。

“以前下雨天出门要穿胶鞋，现在路平了，灯也亮了。”家住柳巷的退休教师何老师说。

老街面馆三十年不涨价

本报讯 在青河老街的深处，有一家只有六张桌子的面馆。店主周师傅十八岁学艺，三十年来每天四点起床和面，一碗阳春面卖三元钱。

周师傅说，来吃面的多是街坊邻居和附近的学生，涨了价他们就吃不饱了。去年冬天，几位老顾客凑钱给店里换了新的炉灶。

(郑 欣)
"""

RAW = SIMPLIFIED.encode()

TRADITIONAL = """\
港灣日報

新渡輪碼頭落成 每日可載客三萬人次

【本報訊】港灣市新渡輪碼頭昨日落成啟用，市長主持剪綵儀式。碼頭設有四個泊位、兩座候船大堂，每日可載客三萬人次，預計可紓緩市中心的交通擠塞。

運輸署發言人表示，首月乘客可享半價優惠，長者及學童全年免費。署方又說，稍後會在碼頭旁邊興建單車停放處，方便市民轉乘。

圖書館開設夜間閱讀室

【本報訊】市立圖書館由下月起延長開放時間，閱讀室每晚開至十一時，供應考學生溫習之用。館長指出，過去一年借書人數上升兩成，座位經常不敷應用。
"""

MOUNTAIN = """\
林业局发布春季植树计划

本报讯（记者 高 山）今年春季，青河市计划植树五十万株，重点绿化北山荒坡和青河两岸。市林业局已备足苗木，并组织技术人员到各乡镇指导栽种。

据介绍，北山荒坡土层薄、石头多，往年成活率不足六成。今年改用容器苗，并铺设滴灌管道，预计成活率可达九成以上。

乡村剧团巡演受欢迎

本报讯 由农民组成的青河乡村剧团近日在各村巡回演出，十天走了二十个村庄，观众超过一万人次。剧团团长说，演员白天种地，晚上排练，演的都是身边的故事。
"""


def with_line_ends(text: str, *ends: str) -> str:
    """The text with its newlines replaced by `ends` in turn."""
    lines = text.split("\n")
    return "".join(line + ends[number % len(ends)] for number, line in enumerate(lines[:-1])) + lines[-1]


PAGES: dict[str, bytes] = {
    "big5.txt": TRADITIONAL.encode("big5"),
    "crlf_bom.txt": b"\xef\xbb\xbf" + with_line_ends(SIMPLIFIED, "\r\n").encode(),
    "gb18030.txt": MOUNTAIN.encode("gb18030"),
    "mixed_newlines.txt": with_line_ends(MOUNTAIN, "\n", "\r\n", "\r").encode(),
    "simplified.txt": SIMPLIFIED.encode(),
    "traditional.txt": TRADITIONAL.encode(),
    "utf16.txt": b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le"),
}
"""File name -> bytes, in the order of the names."""

DAMAGED = MOUNTAIN.encode()[:200] + b"\xff\xfe\x81" + MOUNTAIN.encode()[200:]
"""UTF-8 with three bytes that belong to no character, the first of them between the two halves of one."""


GARBAGE = bytes(Random(4).choices(range(0xA1, 0xFF), k=60))
"""Bytes that nobody wrote: characters in several encodings, and sense in none."""


def variants(n_pages: int) -> dict[str, bytes]:
    """File name -> bytes of many different pages, for runs that need more than one process's share."""
    texts = (SIMPLIFIED, TRADITIONAL, MOUNTAIN)
    return {
        f"page{number:03}.txt": f"第{number}号\n\n{texts[number % len(texts)]}".encode() for number in range(n_pages)
    }
