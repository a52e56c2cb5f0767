"""What stands on a newspaper page beside its reports, in many wordings: bylines, leads, captions, adverts, heads, jumps.

Everything is invented. `Wording` has the templates of one set of papers and gives texts of one line; another set, for tests of rules that know only
these words, is in repair_other_wording.py.
Names are put together from syllables, `{n}` in a template; `{c}` is a place, `{d}` a day, `{o}` an office, `{k}` a number.
In leads and bylines, marks that are not printed say what is what: `<本报讯>` the lead's tag, `[记者]` the role of the people
behind it, `~本报评论员~` an author without a name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal


def words(text: str) -> list[str]:
    """The words of a line."""
    return text.split()


def any_of(templates: str) -> tuple[str, ...]:
    """Templates, parted by a bar that none of them has; spaces count."""
    return tuple(templates.split("|"))


_SURNAMES = "贺闻陆岳秦祁罗邵温卓方顾柏郁石桑冯韩邱余梁沈傅聂戚邹翟滕骆葛"
_GIVEN = "青禾一苇知晚小棠穗连成长根静安秋水满玉田松涛望舒晓怀谷映雪竹君亦凡以宁若川思远"
_PLACES = words(
    "岚州 汀溪 柏岭 云石 柳浦 沙棘沟 石臼 南岔 青龙渡 望河 白杨坪 长乐湾 桃源 北塘 凤栖 太原 兰州 南昌 贵阳 青岛 东京 巴黎"
)
OFFICES = words(
    "市教育局 市农业农村局 县水利局 区文化馆 市交警支队 县供销社 省气象台 市第三医院 市图书馆 街道办事处 市总工会 区民政局"
)
_NUMERALS = "一二三四五六七八九十"
_PAPERS = words("岚州日报 柳浦晚报 汀溪新报 北塘时报 青河都市报")
_SLOT = re.compile(r"\{([a-z])\}")
_MARKS = str.maketrans("", "", "<>[]~")
_MARKED = re.compile(r"\{[a-z]\}|[<>\[\]~]|[^{}<>\[\]~]+")


def name(rng: random.Random) -> str:
    """An invented name of two or three characters; those of two sometimes with the space that print puts in."""
    surname, given = rng.choice(_SURNAMES), rng.choice(_GIVEN)
    if rng.random() < 0.3:
        return surname + rng.choice(("", "", " ")) + given
    return surname + given + rng.choice(_GIVEN)


def day(rng: random.Random) -> str:
    """A day as datelines give it: 3月12日, sometimes in hanzi."""
    if rng.random() < 0.15:
        return rng.choice(("一月三日", "十二月三十日", "三月十二日", "九月一日"))
    return f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"


_FILLERS: dict[str, Callable[[random.Random], str]] = {
    "n": name,
    "d": day,
    "c": lambda rng: rng.choice(_PLACES),
    "o": lambda rng: rng.choice(OFFICES),
    "k": lambda rng: str(rng.choice((rng.randint(2, 9), rng.randint(10, 99), rng.randint(100, 9000)))),
    "x": lambda rng: rng.choice(_NUMERALS[:8]),
    "p": lambda rng: rng.choice(_PAPERS),
    "w": lambda rng: f"星期{rng.choice('一二三四五六日')}",
    "y": lambda rng: str(rng.randint(1985, 2024)),
}


def fill(template: str, rng: random.Random) -> str:
    """The template with its slots filled, each anew, as it is printed."""
    return _SLOT.sub(lambda slot: _FILLERS[slot[1]](rng), template.translate(_MARKS))


def one(templates: Sequence[str], rng: random.Random) -> str:
    """One of the templates, filled."""
    return fill(rng.choice(templates), rng)


Mark = Literal["", "tag", "role", "author", "name", "page"]
"""What a stretch of a lead, a byline or a jump line is."""

_OPENS: dict[str, Mark] = {"<": "tag", "[": "role", "~": "author"}


def marked(template: str, rng: random.Random) -> list[tuple[Mark, str]]:
    """The filled template in stretches, each with what it is; the same words as `fill` gives."""
    stretches: list[tuple[Mark, str]] = []
    within: Mark = ""
    for token in _MARKED.findall(template):
        if token in _OPENS and not within:
            within = _OPENS[token]
        elif token in ">]~":
            within = ""
        elif token.startswith("{"):
            stretches.append((within or ("name" if token == "{n}" else ""), _FILLERS[token[1]](rng)))
        else:
            stretches.append((within, token))
    return stretches


@dataclass(frozen=True, slots=True)
class Wording:
    """Templates of one set of papers; each method gives one of them, filled."""

    leads: tuple[str, ...]
    traditional_leads: tuple[str, ...]
    bylines: tuple[str, ...]
    closing_bylines: tuple[str, ...]
    credits: tuple[str, ...]
    scenes: tuple[str, ...]
    captions: tuple[str, ...]
    adverts: tuple[str, ...]
    folios: tuple[str, ...]
    teasers: tuple[str, ...]
    kickers: tuple[str, ...]
    decks: tuple[str, ...]
    crossheads: tuple[str, ...]
    foreign_names: tuple[str, ...]
    jumps_on: tuple[str, ...]
    jumps_back: tuple[str, ...]

    def lead(self, rng: random.Random, *, traditional: bool = False) -> str:
        """A lead tag, with its brackets and the space behind it."""
        return one(self.traditional_leads if traditional and rng.random() < 0.7 else self.leads, rng)

    def byline(self, rng: random.Random) -> str:
        """A byline between headline and text."""
        return one(self.bylines, rng)

    def closing_byline(self, rng: random.Random) -> str:
        """A byline behind the last paragraph."""
        return one(self.closing_bylines, rng)

    def caption(self, rng: random.Random) -> str:
        """One picture's caption."""
        template = rng.choice(self.captions).replace("{s}", "\0")
        while "\0" in template:
            template = template.replace("\0", rng.choice(self.scenes), 1)
        return fill(template, rng)

    def credit(self, rng: random.Random) -> str:
        """Who took the picture."""
        return one(self.credits, rng)

    def advert(self, rng: random.Random) -> str:
        """An advertisement or a small notice of one line."""
        return one(self.adverts, rng)

    def folio(self, rng: random.Random) -> str:
        """A page number, a running head, an editors' line."""
        return one(self.folios, rng)

    def teaser(self, rng: random.Random) -> str:
        """A heading of nobody's, as columns and boxes have."""
        return one(self.teasers, rng)

    def kicker(self, rng: random.Random) -> str:
        """A line above the headline."""
        return one(self.kickers, rng)

    def deck(self, rng: random.Random) -> str:
        """A line below the headline."""
        return one(self.decks, rng)

    def crosshead(self, rng: random.Random) -> str:
        """A heading in the middle of an article."""
        return one(self.crossheads, rng)

    def foreign(self, rng: random.Random) -> str:
        """Latin words or an address in brackets, as a report explains a name."""
        return one(self.foreign_names, rng)

    def jump_on(self, rng: random.Random) -> str:
        """下转 …"""
        return one(self.jumps_on, rng)

    def jump_back(self, rng: random.Random) -> str:
        """上接 …"""
        return one(self.jumps_back, rng)


USUAL = Wording(
    leads=any_of(
        "<本报讯>（[记者] {n}）|<本报讯>（[记者]{n}）|<本报讯> |<本报讯>（{n} {n}）|<本报讯>（[记者] {n} [通讯员] {n}）|<本报{d}讯>（[记者]{n}）|"
        "<新华社{c}{d}电>（[记者] {n}）|<新华社{c}{d}电>（[记者]{n}、{n}）|<本报{c}{d}电>（[记者]{n}）|<据新华社{c}{d}电> |（[记者] {n}）|"
        "<本报讯> [记者]{n}报道：|<本报{c}{d}讯> |<晚报讯>（[记者] {n}）|<本报讯>（[全媒体记者] {n}）|<本报综合消息> |<{c}讯>（[通讯员] {n}）|"
        "<本报讯>（[实习生] {n} [记者] {n}）|【<本报讯>】|<中新社{c}{d}电>（[记者] {n}）|<本报讯>([记者] {n})|本报[记者]{n}报道 "
    ),
    traditional_leads=any_of(
        "【[记者]{n}／{c}报导】|【<本报{c}讯>】|（<本报讯>）|〔[记者]{n}／{c}报导〕|（<中央社>[记者]{n}<{c}{d}电>）|【<{c}讯>】|【本报[记者]{n}{c}报道】|"
        "（<中央社{c}{d}电>）|【[特派员]{n}<{c}{d}电>】|<本报讯>／"
    ),
    bylines=any_of(
        "本报[记者] {n}|□ 本报[记者] {n}|[记者] {n}|■本报[记者] {n} [通讯员] {n}|本报[记者] {n} {n}|○{n}|{p}[记者] {n}|文/{n}|本报[通讯员] {n}|"
        "□ {n}|◎[记者] {n}|本报[记者]{n} [实习生]{n}|~{p}评论员~|[作者]：{n}|●{n}|本报[特约记者] {n}"
    ),
    closing_bylines=any_of(
        "（{n}）|({n})|([记者] {n})|[记者] {n}|（[记者]{n} [通讯员]{n}）|（{n} {n}）|（本报[记者] {n}）|（{n}、{n}）|本报[记者] {n}|（[通讯员] {n}）|"
        "（据《{p}》）|（{n} 整理）"
    ),
    credits=any_of(
        "本报记者 {n}摄|（{n} 摄）|({n}、{n}文/摄)|本报记者 {n} 摄|{n}摄|新华社记者 {n}摄|（本报记者{n}摄影报道）|{n} 文/图|图/{n}|摄影 {n}|（{n}摄）|"
        "本报记者 {n} 通讯员 {n} 摄影报道|图片由{o}提供|（资料图片）|供图/{o}|记者{n}／摄影"
    ),
    scenes=any_of(
        "工人在车间赶制一批发往{c}的订单|村民正在晾晒刚收获的玉米|学生们在操场上练习腰鼓|志愿者为居民免费修理雨伞|市民在花市挑选年宵花|"
        "消防员向孩子们讲解灭火器的用法|建设中的{c}大桥|医护人员到{c}义诊|小朋友在图书馆参加绘本朗读|农技人员在田间查看墒情|改造后的老街夜景|"
        "游客在{c}古镇观看皮影戏|选手们在龙舟赛中奋力划桨|退休工人展示自己编的竹篮|货运列车驶过新建的{c}站|渔民在{c}水库起网"
    ),
    captions=any_of(
        "图为{s}。|{d}，{s}。|▲{s}。|{s}。|日前，{s}。图为活动现场。|上图：{s}。|下图为{s}。|图①：{s}。图②：{s}。|▼{s}|"
        "入冬以来，{c}县因地制宜发展特色种植，目前已有{k}户参加。图为{s}。|近年来，{c}镇依托山水资源发展乡村旅游，去年接待游客{k}万人次。图为{d}，{s}。|"
        "{d}，在{c}，{s}。据{o}介绍，这样的活动今年已经举办{k}场。|{s}（{d}）。|位于{c}的这家企业年产{k}吨，产品销往{k}个国家和地区。图为{s}。|{c}，{s}"
    ),
    adverts=any_of(
        "{c}幼儿园招生 开设大中小班 报名时间：{d}至{d} 园址：{c}路{k}号|声明 本公司公章不慎遗失，编号{k}{k}，特此声明作废。{c}商贸有限公司|"
        "寻人启事 {n}，男，{k}岁，{d}走失，上穿蓝色夹克，有知情者请与家人联系。|好消息 {c}百货大楼{d}起羊毛衫展销，厂价直销，每件{k}元起|"
        "{o}招聘公告 因工作需要，面向社会公开招聘工作人员{k}名，详情请登录官方网站。|旧房拆除、装修清运，价格公道，随叫随到 {n}师傅 139{k}{k}|"
        "中国体育彩票 第{k}期开奖号码 07 12 19 23 30 + 04 11|{c}旅行社 三日游每人{k}元，天天发团，报名从速。|"
        "注销公告 {c}养殖专业合作社经成员大会决议解散，请债权人于本公告之日起45日内申报债权。|{c}家具城清仓大甩卖 全场五折起 热线：{k}{k}666|"
        "遗失声明 {n}遗失身份证，声明作废。|招聘 {c}食品厂招普工{k}名，包食宿，电话{k}88{k}|转让 {c}路临街门面{k}平方米，位置好，价面议。|"
        "公告 因管道检修，{d}9时至18时{c}片区停水，请居民提前储水。{c}自来水公司|广告热线：0{k}-{k}8866|祝贺{c}商场开业{k}周年 {d}至月底全场满200减60|"
        "求租 本人求租{c}中学附近两居室一套，价格{k}元左右。|{c}驾校秋季招生 报名即送体检 电话 138{k}{k}|"
        "拍卖公告 受委托，我公司定于{d}上午10时在{c}公开拍卖旧设备一批，有意者请于{d}前登记。|订阅{p} 全年定价{k}元 各地邮局均可办理"
    ),
    folios=any_of(
        "第{x}版 {y}年{d} {w}|{y}年{d} {w}|04 要闻|A08|— 2 —|{p} {y}年{d}|· 3 ·|2版 综合 {y}年{d}|第三版 国内新闻|04版|{y}年{d} {w} 农历腊月初八 今日8版|"
        "综合新闻 {y}年{d} 4|{p}|责任编辑 {n} 版式 {n} 校对 {n}|责编：{n} 美编：{n}|编辑/{n} 电话/{k}{k}"
    ),
    teasers=any_of(
        "今日导读|短讯|图片新闻|一句话新闻|聚焦{c}两会|新春走基层|{c}新貌|相关链接|记者手记|本版导读|身边的变化|权威发布|高质量 发展 调研行|"
        "新时代 新征程 新伟业|走进{c}·乡村振兴|经济半小时谈|读者来信"
    ),
    kickers=any_of(
        "{o}推出便民新举措|我市{k}个项目集中开工之后|新春走基层|从“{c}经验”说起|聚焦民生实事|{c}县：|本报与{o}联合调查显示|奋进新征程 建功新时代|深化改革在{c}|"
        "“十四五”开局之年看{c}|回应关切|家住{c}的{n}，|一项新规 两种算法"
    ),
    decks=any_of(
        "——来自{c}的调查|——记{c}县{n}|——{c}市{k}年工作回眸|——访{o}负责人|——“{c}现象”透视|——我市推进{o}改革侧记|——写在{c}建成{k}周年之际|——{o}答记者问|"
        "——三论转变作风|——{c}工作成果丰硕|——从{k}到{k}的跨越|{k}户居民今年受益 明年再扩{k}户|{o}：全程接受监督"
    ),
    crossheads=any_of(
        "摸清家底 分类施策|小巷子有了大变样|“钱袋子”鼓起来|一、立足实际抓落实|二、放开手脚搞经营|{c}县|{c}区|群众的事大家办|（一）建立机制|账目 要让大家看懂|"
        "从一张图到一座城|难在哪里|“不能等，也等不起”|人才：引得来 留得住|打开新局面|三、几点启示|惠民举措 提质增效|{c}街道|“老手艺”遇上新工具|补短板 强弱项|"
        "效果如何|问渠那得清如许|1.把好入口|探索|他们为什么留下来|数字里的变化"
    ),
    foreign_names=any_of(
        "（Green Valley Project）|（World Heritage Committee）|（GDP）|（International Cooperation Center）|（详见https://www.example.cn/news/{y}/{k}.html）"
        "|（Artificial Intelligence）|（WiFi 6）|（www.example.com）|（Mr. Johnson Whitfield）|（COVID-19）|（Carbon Neutrality）|（info@example.cn）"
    ),
    jumps_on=any_of(
        "（下转第{x}版）|（下转{x}版）|（下转第2版）|(下转第3版)|（下转A4版）|（下转第三版）|▶下转第4版|（下接第二版）"
    ),
    jumps_back=any_of("（上接第1版）|(上接第1版)|（上接第一版）|（上接A1版）|（上接一版）|(上接第1版) |▶上接第1版"),
)
"""What pages are made with by default."""
