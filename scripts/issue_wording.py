"""What stands on the pages of an issue beside what repair_templates.py has: columns, mastheads, briefs, notices, contents.

Two sets, as there: the usual one, and one that no rule was written for. `{P}` is the paper, `{D}` the day, `{W}` the day of
the week, `{G}` the page as printed in two digits, `{g}` without zero, `{S}` its section, `{T}` how many pages there are; the other slots are those of
`repair_templates.fill`.
"""

from __future__ import annotations

from dataclasses import dataclass

from repair_made import WordingName
from repair_other_wording import OTHER
from repair_templates import USUAL, Wording, any_of


@dataclass(frozen=True, slots=True)
class IssueWording:
    """Templates of one set of papers; `base` has bylines, leads, captions and what else any page has."""

    base: Wording
    columns: tuple[str, ...]
    kickers: tuple[str, ...]
    decks: tuple[str, ...]
    mastheads: tuple[tuple[str, ...], ...]
    """The lines of a front page's head, from the top."""
    folios: tuple[str, ...]
    editors: tuple[str, ...]
    sections: tuple[str, ...]
    contents: tuple[str, ...]
    entries: tuple[str, ...]
    """A line of the contents: `{H}` is a headline."""
    picture_marks: tuple[str, ...]
    """What a caption of an article's own picture begins with."""
    briefs: tuple[str, ...]
    """The column that briefs stand under; empty where they stand under none."""
    brief_marks: tuple[str, ...]
    notices: tuple[tuple[str, tuple[str, ...]], ...]
    """A notice's head, and lines of which it has one or more."""
    jumps_on: tuple[str, ...]
    jumps_back: tuple[str, ...]
    """`{N}` is the page in digits, `{X}` in hanzi, `{H}` the headline; numbers take the letter of lettered pages."""


USUAL_ISSUE = IssueWording(
    base=USUAL,
    columns=any_of(
        "学思想 强党性 重实践 建新功|新时代新征程·“枫桥经验”新实践|今日观察|新春走基层|民生直通车|热线追踪|高质量 发展 调研行|奋进新征程·建功新时代|"
        "经济视点|记者调查|百姓话题|走进{c}|身边的变化|权威发布|市民热线|聚焦{c}两会|乡村振兴·{c}实践|文化周刊"
    ),
    kickers=any_of(
        "本报与{o}联合调查显示|我市{k}个项目集中开工之后|从“{c}经验”说起|家住{c}的市民反映|{o}推出便民新举措|一项新规 两种算法"
    ),
    decks=any_of(
        "——来自{c}的调查|——记{c}县{n}|——访{o}负责人|——“{c}现象”透视|——写在{c}建成{k}周年之际|——三论转变作风|——{o}答记者问"
    ),
    mastheads=(
        ("{P}", "{D} {W} 农历十一月廿一 第{k}期 今日{T}版"),
        ("{P}", "国内统一连续出版物号 CN 14-00{k}", "{D} {W}", "总第{k}期"),
        ("{P} {D} {W}",),
        ("{D} {W}", "{P}", "零售每份1.50元 邮发代号 21-{k}"),
        ("{D} {W} 第{g}版",),
    ),
    folios=any_of("{G} {S} {D} {W}|{D} {W} 第{g}版|{G} {S}|{P} {D} {W} {G}|第{g}版 {S} {D}|{S} {D} {W} {G}|{G}版|{D}"),
    editors=any_of(
        "责任编辑：{n} 版式设计：{n} 校对：{n}|责编 {n} 美编 {n}|责任编辑 {n} 版式 {n} 校对 {n}|编辑/{n} 校对/{n}|本版责编：{n} 电话：0{k}-{k}{k}"
    ),
    sections=any_of("要闻|综合|民生|经济|社会|国际|文化|视点"),
    contents=any_of("今日导读|导读|本版导读|今日看点"),
    entries=any_of("●{H} {g}版|{H}（{g}版）|{H} {G}|■{H}（详见第{g}版）"),
    picture_marks=("图为", "▲", "上图：", "图为", ""),
    briefs=any_of("简讯|短讯|一句话新闻|简明新闻|"),
    brief_marks=any_of("■|●|▲|◆|△|□"),
    notices=(
        (
            "遗失声明",
            any_of("{c}顺达运输队遗失营业执照副本，注册号14{k}{k}，声明作废。|{n}遗失身份证，证号14{k}{k}，声明作废。"),
        ),
        ("公告", any_of("因管道检修，{d}9时至18时{c}片区停水，请居民提前储水。{c}自来水公司")),
        ("更正", any_of("本报{d}第{x}版《{c}纪事》一文中，“{k}元”应为“{k}万元”，特此更正并向读者致歉。")),
        ("{o}招聘公告", any_of("因工作需要，面向社会公开招聘工作人员{k}名，报名时间{d}至{d}，地点{c}路{k}号。")),
        ("停电通知", any_of("{d}7时至19时，{c}街、{c}小区因设备检修停电，如遇雨天顺延，敬请谅解。")),
    ),
    jumps_on=any_of(
        "（下转第{X}版）|（下转第{N}版）|（下转{N}版）|(下转第{N}版)|▶下转第{N}版|（下接第{X}版）|（下转第{N}版《{H}》）"
    ),
    jumps_back=any_of(
        "（上接第{N}版）|(上接第{N}版)|（上接第{X}版）|（上接{X}版）|▲上接第{N}版|（上接{N}版）|（上接第{X}版《{H}》）"
    ),
)
"""What issues are made with by default."""

OTHER_ISSUE = IssueWording(
    base=OTHER,
    columns=any_of(
        "一线见闻|强信心 稳经济 促发展|文明创建·你我同行|法治{c}|我为群众办实事|深一度|特别关注|人在{c}|读城|三农之声|健康码头|"
        "“千万工程”在{c}|追光者|周末长廊|答疑解惑|基层治理一线行"
    ),
    kickers=any_of(
        "{c}区有个“连心桥”|一张蓝图绘到底|{o}昨日发布|“小网格”托起“大民生”|{k}天{k}夜|连续{k}年增长之后|高考临近 家长注意"
    ),
    decks=any_of(
        "——{c}区推进老旧小区改造纪实|——对话{o}{n}|——解码“{c}模式”|——一个山村的{k}年|——二谈作风建设|——从一组数据看{c}"
    ),
    mastheads=(
        ("{P}", "{D} 星期日 农历甲辰年二月初三 总第{k}号"),
        ("{D}", "{P}", "今日{T}版 每份定价1元"),
        ("{P}", "CN14-00{k} 邮发代号21-{k}", "{D}·{W}·第{k}号"),
        ("{P}/{D}",),
    ),
    folios=any_of(
        "{S} ｜ {G}|A{G}·{S}|{D} {W} 值班编委 {n}|{G} {S} 责编 {n}|{P} | {S}|{g}版 {S} {D}|PAGE {g}|{D} · {S} · {G}"
    ),
    editors=any_of(
        "组版 {n} 检校 {n}|值班主任：{n} 编辑：{n} 检校：{n}|【责任编辑 {n}】|统筹/{n} 视觉/{n}|本版主编 {n} 邮箱 abc@example.cn"
    ),
    sections=any_of("时政|本埠|都市圈|财经|天下|副刊|观点|城事"),
    contents=any_of("今日看点|要目|索引|内页精彩"),
    entries=any_of("{g}版 {H}|▶ {H} P{G}|{H}／{g}版|{H} >>{G}"),
    picture_marks=("◀", "图中：", "右图为", "▶", ""),
    briefs=any_of("短波|快读|简报|微新闻|动态播报|"),
    brief_marks=any_of("★|◎|○|▼|※|·"),
    notices=(
        ("注销公告", any_of("{c}养殖专业合作社经成员大会决议解散，请债权人于本公告之日起45日内申报债权。")),
        (
            "启事",
            any_of("本报{d}休刊一天，{d}恢复正常出版，请读者留意。|{c}路{k}号房屋将于{d}公开招租，意者请与{n}联系。"),
        ),
        ("致歉声明", any_of("{d}本报刊登的照片误用，谨向{n}先生及读者致歉。")),
        ("任前公示", any_of("{n}，男，{k}岁，现任{o}副科长，拟任{o}科长，公示期{d}至{d}。")),
        ("温馨提示", any_of("受冷空气影响，{d}起{c}一带有大雾，请驾驶员减速慢行。")),
    ),
    jumps_on=any_of(
        "（下转第{N}版①）|【下转第{N}版】|→下转第{N}版|（转第{X}版）|（文转{N}版）|（下转{X}版）|（未完，下转{N}版）|(下转第{N}版·{S})"
    ),
    jumps_back=any_of(
        "（上接第{N}版①）|【上接第{N}版】|←上接第{X}版|(紧接第{X}版)|（承接{N}版）|（接第{N}版）|上接第{N}版▲"
    ),
)
"""Used where `Damage.wording` says so."""

ISSUE_WORDINGS: dict[WordingName, IssueWording] = {"usual": USUAL_ISSUE, "other": OTHER_ISSUE}
