"""What OCR models add to a page and what newspapers print that looks like it: sentences, marks inside a line, running heads."""

from __future__ import annotations

import pytest

from corpus_tools.roles import find_running_heads, is_furniture, is_residue, is_table_row, residue_marks, role_by_words
from corpus_tools.roles.announcements import is_announcement

# --- sentences ---

SAID_BY_MODELS = [
    "以下是图片中的文字内容：",
    "以下是图片中的文字内容",
    "以下是图片中的所有文字：",
    "以下为图片中的文字识别结果：",
    "以下是图片中提取的文字：",
    "以下是从图片中提取的文字内容：",
    "以下是您提供的图片中的文字内容：",
    "以下是对图片中文字的转录：",
    "以下是该图片的OCR识别结果：",
    "以下是OCR识别结果：",
    "以下是識別出的文字內容：",
    "以下是圖片中的文字內容：",
    "這是圖片中的文字：",
    "好的，以下是识别的文字：",
    "好的，以下是图片中的文字内容，已按照原有格式排版：",
    "当然可以！以下是图片中的文字内容：",
    "下面是报纸的文字内容：",
    "下面是图片中的文字：",
    "根据您提供的图片，以下是识别出的文字内容：",
    "根据您提供的图片，文字内容如下：",
    "根据您上传的图片，我提取的文字如下：",
    "图片中的文字如下：",
    "图片中的文字内容如下：",
    "图中文字如下：",
    "图片内容如下：",
    "图片文字内容为：",
    "识别结果如下：",
    "识别结果：",
    "提取的文字如下：",
    "OCR识别结果：",
    "辨識結果如下：",
    "圖片中的文字內容如下：",
    "Here is the extracted text:",
    "Here is the text from the image:",
    "Here's the transcription of the newspaper page:",
    "Sure! Here is the text extracted from the image:",
    "Below is the text content of the image:",
    "The image shows a page of a Chinese newspaper.",
    "The image contains text in Chinese. Here is the transcription:",
    "The text in the image is as follows:",
    "Sorry, I can't assist with that.",
    "I'm sorry, but I can't assist with that request.",
    "I’m sorry, I cannot help with this request.",
    "I'm unable to process this image.",
    "I cannot transcribe the text in this image.",
    "I can't assist with that.",
    "As an AI language model, I cannot read the image.",
    "Unfortunately, I am unable to read the text in the image.",
    "Note: Some text in the image is illegible.",
    "Please let me know if you need anything else.",
    "If you need any further help, let me know!",
    "I hope this helps!",
    "抱歉，我无法识别图片中的文字。",
    "很抱歉，我无法识别这张图片。",
    "抱歉，我不能提供帮助。",
    "抱歉，我無法辨識這張圖片。",
    "很抱歉，我無法處理這個請求。",
    "对不起，我无法查看图片内容。",
    "抱歉，我目前无法直接查看或处理图片。",
    "很抱歉，我不能满足您的请求。",
    "作为一个人工智能语言模型，我无法查看图片。",
    "图片模糊，无法识别。",
    "由于图片模糊，无法识别全部文字。",
    "图像过于模糊，无法辨认其中的文字。",
    "未识别到任何文字。",
    "图片中没有可识别的文字。",
    "请提供更清晰的图片，以便我为您识别。",
    "注：部分文字因模糊无法识别。",
    "注：由于图片清晰度有限，部分文字可能存在误差。",
    "（注：部分内容因图片模糊无法辨认，已用方框代替。）",
    "以上是图片中的文字内容，希望对您有帮助。",
    "以上是图片中的全部文字内容。",
    "希望对您有帮助！",
    "希望以上内容对您有所帮助。",
    "如需进一步帮助，请随时告诉我。",
    "如有其他问题，请随时告诉我。",
    "如需修改，请告诉我。",
    "如果您有任何问题，请随时提问。",
    "（由于篇幅限制，以下内容省略）",
    "[以下文字模糊无法辨认]",
    "Left column:",
    "Headline:",
]

PRINTED = [
    "以下是本报记者从抢险现场发回的报道：",
    "下面是图片新闻大赛的获奖名单：",
    "下面是图片新闻大赛获奖作品的主要内容：",
    "以下为部分代表的发言摘登。",
    "“抱歉，我不能收。”老李把红包推了回去。",
    "「對不起，我無法接受這個判決。」",
    "好的政策，要落到实处。",
    "图片新闻",
    "AI来了，记者怎么办",
    "识别网络诈骗的五个要点",
    "当然，困难还有不少。",
    "As an old saying goes, 患难见真情。",
    "下面为提取住房公积金新规的主要内容：",
    "以下是报纸发行量调查的结果：",
    "I'm sorry, I can't speak Mandarin. 這是他最常說的一句話。",
    "抱歉，我不能陪你了，他在信里写道。",
    "图片：",
    "图片说明：工人在检修设备。",
    "图片来源：视觉中国",
    "照片中的老人名叫王大山，今年八十二岁。",
    "图为识别中心的工作人员。",
    "抱歉，我们无法提供更多信息。",
    "对不起，我不能答应你的要求，因为这违反规定，法官说。",
    "作为一个人工智能企业，我们无法回避责任。",
    "注：碑上部分文字因年久模糊无法辨认，引自县志。",
    "注：图片由受访者提供。",
    "注：照片均为资料照片。",
    "说明：以上内容由市统计局提供。",
    "如有线索，请告知我们。",
    "如果你知道他的下落，请告诉他的母亲。",
    "如需办理，请随时联系我市各服务网点。",
    "如有需要，请随时拨打热线电话。",
    "希望这份报告对你有启发",
    "请市民提供清晰的图片线索。",
    "以下是该县今年工作报告的主要内容：",
    "以下是采访实录的内容：",
    "以下是文件的主要内容：",
    "下面是他在大会上的发言内容：",
    "识别结果显示，该车为套牌车。",
    "图中文字为清代书法家所题。",
    "图片内容丰富，吸引了不少观众。",
    "由于照片模糊，警方一时难以确认嫌疑人身份。",
    "这是图片社最后一天营业，门口贴着告示。",
    "The Economist",
    "Made in China",
    "I love China.",
    "The page is turning",
    "以下是识别真假人民币的主要内容：",
    "以下是页面改版的说明",
    "这是照片里的老街，一百年前的样子。",
    "这是图片展的全部内容。",
    "这是图片展上的文字",
    "由于图像识别技术的应用，效率提高了三成。",
    "图像模糊、无法辨认的旧照片，经他一修便清晰如新。",
    "无法识别的文字",
    "遗憾的是，我无法看到这一天。",
]


@pytest.mark.parametrize("text", SAID_BY_MODELS)
def test_what_models_say(text: str) -> None:
    assert is_announcement(text)
    assert is_residue(f"**{text}**")


@pytest.mark.parametrize("text", PRINTED)
def test_what_newspapers_print(text: str) -> None:
    assert not is_announcement(text)
    assert not is_residue(text)


# --- whole lines ---


@pytest.mark.parametrize(
    "text",
    [
        "````",
        "~~~json",
        "===",
        "##",
        "</think>",
        "<!-- page 3 -->",
        "<div><p>",
        "<｜end▁of▁sentence｜>",
        "[INST]",
        "<bbox>[12, 40, 380, 72]</bbox>",
        "[[12, 40, 380, 72]]",
        "(12,34),(56,78)",
        "[Image: workers at a bridge]",
        "[图片：工人在桥上作业]",
        "[无法辨认]",
        "（此处文字模糊）",
        "\\boxed{}",
        "\\begin{tabular}{cc}",
    ],
)
def test_a_line_of_marks(text: str) -> None:
    assert is_residue(text)


@pytest.mark.parametrize(
    "text",
    [
        "[12]",
        "(12,34)",
        "<The Economist>",
        "<人民日报>",
        "（图片）",
        "[图1：大桥合龙]",
        "[略]",
        "（略）",
        "#平安校园#",
        "[1, 2]",
        "* * *",
    ],
)
def test_no_line_of_marks(text: str) -> None:
    assert not is_residue(text)


# --- marks inside a line ---


def left(text: str) -> str:
    """What a line is without its marks."""
    for mark in reversed(residue_marks(text)):
        text = text[: mark.start] + text[mark.end :]
    return text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# 大桥合龙", "大桥合龙"),
        ("##大桥合龙", "大桥合龙"),
        ("> “路修通了。”", "“路修通了。”"),
        ("***大桥***昨日合龙", "大桥昨日合龙"),
        ("**大桥合龙", "大桥合龙"),
        ("<P>大桥<i>昨日</i>合龙</P>", "大桥昨日合龙"),
        ("<ref>大桥</ref><box>(12,34),(56,78)</box>合龙", "大桥合龙"),
        ("大桥&nbsp;合龙&#160;了", "大桥合龙了"),
        ("占比36\\%，\\boxed{大桥}合龙", "占比36%，大桥合龙"),
        ("大桥<|im_end|>合龙[無法辨認]了", "大桥合龙了"),
    ],
)
def test_marks(text: str, words: str) -> None:
    assert left(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#平安校园#",
        "#1车间",
        "2**3等于8",
        "不含糖分**",
        "张**、李**",
        "王**和李**均已到案",
        "3<5，a>b",
        "<A>甲 <B>乙",
        "《A&B》",
        "> 下转第3版",
        "[记者观察] 老街",
        "10<sup>18</sup>",
        "C:\\new\\text",
        "（此处略）",
    ],
)
def test_no_marks(text: str) -> None:
    assert residue_marks(text) == []


def test_a_loss_is_known() -> None:
    assert [mark.is_loss for mark in residue_marks("**公园**[illegible]处")] == [False, False, True]


# --- tables ---


@pytest.mark.parametrize("text", ["<TABLE>", "<caption>菜价</caption>", "|甲|乙|", "| --- | :-: |"])
def test_rows(text: str) -> None:
    assert is_table_row(text)
    assert role_by_words("| 车次 | 开点 |" + " 甲 |" * 200) == "table"


# --- running heads ---


@pytest.mark.parametrize(
    "text",
    [
        "2023.11.8 星期三 A05",
        "2023-11-08 星期三",
        "A05 社會 2019.7.23 星期二",
        "河阳日报 03 要闻 2023.11.8",
        "2023年11月8日/星期三/第03版",
        "中華民國一一二年十一月八日 星期三 A3",
        "＊＊＊",
    ],
)
def test_running_heads(text: str) -> None:
    assert is_furniture(text)


@pytest.mark.parametrize(
    "text",
    [
        "2023.11.8 大风",
        "2023年11月8日 星期三 晚8时 河阳大剧院",
        "国际 体育",
        "第3版《辞海》",
        "11.8 18:00 河阳大剧院",
        "* 注",
    ],
)
def test_no_running_heads(text: str) -> None:
    assert not is_furniture(text)


def test_running_heads_in_a_line() -> None:
    text = "确保高 第3版 要闻 2023年11月8日 星期三 技能"
    assert [text[start:end] for start, end in find_running_heads(text)] == [" 第3版 要闻 2023年11月8日 星期三 "]
