"""The seam model: which pieces meet, in either script; what it costs to load; and that training is the same every time."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import marisa_trie
import pytest

from corpus_tools.errors import CorpusError
from corpus_tools.seam_model import _REMEMBERED, MAGIC, Answers, SeamModel, seam_model

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))  # scripts are no package

import train_seam_model as training

LARGEST_TOGETHER = 2_500_000
SECONDS_TO_LOAD = 1.0
"""It takes 20 ms; the machine of the tests may be busy."""

GOES_ON = [  # left, the half that belongs to it, a half of another paragraph
    ("全省各级党委和政府要把保障粮食安", "全放在突出位置，压实各方责任", "了三次整改，现已全部完成"),
    ("这个县去年新修农村公", "路一百二十公里，方便了群众", "产党员的先锋模范作用"),
    ("代表们认真审议了政府工作报", "告，提出许多好的意见", "济效益明显提高，职工收入增加"),
    ("經過三年努力，全村人均收入增加到兩萬", "元以上，家家住進新房", "會主義新農村的要求"),
    ("參加會議的有來自各地的專家學", "者和企業代表", "況進行了全面檢查"),
]

OPENINGS = ["本报讯 昨日上午，全市召开", "记者从市有关部门获悉", "近年来，该县坚持把", "據了解，今年以來"]
CONTINUATIONS = ["的建设步伐，完成投资", "了三次整改，现已", "们的生活水平不断提高", "設的步伐，取得成效"]

WORDS = [
    ("他们来到人民大会", "堂参加会议", "大会堂"),
    ("他們來到人民大會", "堂參加會議", "大會堂"),
    ("新建的饲料加", " 工项目", "加工"),
    ("完成投资\n", "额的百分之八十", "投资额"),
    ("会议指出", "，要坚持", ""),
    ("", "会议", ""),
    ("会", "", ""),
]

TINY = ["今年以来，全市各级部门认真落实各项工作任务，取得了明显成效，群众十分满意。"] * 6


@pytest.mark.parametrize(("left", "right", "other"), GOES_ON)
def test_the_half_that_belongs_pulls_harder(left: str, right: str, other: str) -> None:
    model = seam_model()
    pull, other_pull = (model.crossing(left, piece) - model.alone(piece) for piece in (right, other))
    assert pull > 2 > other_pull


def test_a_paragraph_opens_otherwise_than_a_continuation() -> None:
    model = seam_model()
    assert min(model.opening(text) - model.alone(text) for text in OPENINGS) > 0
    assert max(model.opening(text) - model.alone(text) for text in CONTINUATIONS) < 0


def test_a_paragraph_ends_where_a_sentence_does() -> None:
    model = seam_model()
    assert model.ending("取得了明显的成效。") > -2 > -5 > model.ending("取得了明显的成")


@pytest.mark.parametrize(("left", "right", "word"), WORDS)
def test_a_word_over_the_seam_is_given_as_printed(left: str, right: str, word: str) -> None:
    assert seam_model().word_over(left, right) == word


STANDING = [  # left, right, what the lexicon says: for (1), against (-1), nothing (0)
    ("这个县的粮食产", "量稳步提高", 1),
    ("這個縣的糧食產", "量穩步提高", 1),
    ("这个县的粮食产", "取得了成绩", -1),
    ("这个县的粮食产量", "取得了成绩", 0),
    ("这个县的粮食产量", "碍工程进展", -1),
    ("增长", "5000多元", 0),
    ("", "会议", 0),
    ("会议", "", 0),
]


@pytest.mark.parametrize(("left", "right", "sign"), STANDING)
def test_words_cut_in_two_need_their_other_half(left: str, right: str, sign: int) -> None:
    said = seam_model().standing(left, right)
    assert said * sign >= 1 if sign else abs(said) < 0.5


def test_simplified_and_traditional_are_the_same_text() -> None:
    model = seam_model()
    assert model.crossing("农村经济体", "制改革") == model.crossing("農村經濟體", "制改革")
    assert model.opening("据报道") == model.opening("據報道")
    assert model.crossing("增长１２", "３％") == model.crossing("增长98", "7%")


def test_any_text_has_finite_scores() -> None:
    model = seam_model()
    for left in ("", " ", "中", "\U00020000", "x", "¶", "\uffff", "　" * 20, "一" * 50):
        for right in ("", " ", "国", "\U00020001", "\ue000", "¶§", "\x00", "5", "　" * 20):
            scores = model.crossing(left, right), model.opening(right), model.ending(left), model.alone(right)
            assert all(-100 < score <= 0 for score in scores), (left, right)
    assert model.crossing("", "中国") == model.alone("中国")
    assert model.crossing("中国", "") == model.opening("") == model.ending("") == 0
    assert model.opening("¶中国") == model.opening("§中国")  # our marks, when they are printed, are marks like others


def test_loading_is_quick_and_needs_no_large_library() -> None:
    code = (
        "import sys, time; start = time.perf_counter(); from corpus_tools.seam_model import seam_model; seam_model();"
        "print(time.perf_counter() - start, *(name for name in ('numpy', 'pandas', 'opencc') if name in sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert len(said) == 1, said
    assert float(said[0]) < SECONDS_TO_LOAD


def test_importing_loads_nothing() -> None:
    code = "import sys, corpus_tools.seam_model; print('marisa_trie' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


def test_all_pairs_of_a_page_are_quick() -> None:
    model = seam_model()
    lefts = [f"{text[:at]}" for text, *_ in GOES_ON for at in range(2, 14)]
    rights = [text[at:] for _, text, _ in GOES_ON for at in range(6)]
    start = time.perf_counter()
    for left in lefts:
        for right in rights:
            model.crossing(left, right)
    assert time.perf_counter() - start < 0.2  # 60 x 30 pairs take 3 ms


def test_data_files_are_small_together() -> None:
    sizes = [len(file.read_bytes()) for file in files("corpus_tools.data").iterdir() if file.is_file()]
    assert sum(sizes) <= LARGEST_TOGETHER


@pytest.mark.parametrize("content", [b"corpus-tools seam model 0\n{}\n", MAGIC, MAGIC + b"{}\n", b""])
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(content)
    with pytest.raises(CorpusError, match=r"model\.bin"):
        seam_model(file)


def test_half_a_model_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    whole = files("corpus_tools.data").joinpath("seam_model.bin").read_bytes()
    for length in (len(whole) // 50, len(whole) // 3, len(whole) - 1000):
        file.write_bytes(whole[:length])
        seam_model.cache_clear()
        with pytest.raises(CorpusError):
            seam_model(file)


def test_rare_runs_are_not_kept() -> None:
    rare = "渠水绕村而过，两岸果树成行，来往游人络绎不绝，家家户户办起了小店。"
    model = SeamModel(training.model({"broadcast": [*TINY, rare]}), marisa_trie.Trie().tobytes())
    assert model.crossing("今年以", "来，全") > -1
    assert model.alone("渠水") == pytest.approx(2 * model.alone("渠"), abs=0.01)  # as two characters never seen


def test_training_twice_gives_the_same_bytes_and_leaves_out_what_it_should(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    items = [
        {"date": f"202301{day:02}", "title": "短讯", "paragraphs": [TINY[0], f"央视网消息（新闻联播）：{TINY[0]}"]}
        for day in range(11, 21)
    ]
    (data / "broadcast_news_2022_2025.jsonl.gz").write_bytes(
        gzip.compress("\n".join(map(json.dumps, reversed(items))).encode())
    )
    (data / "peoples_daily_1998_01.txt.gz").write_bytes(
        gzip.compress(
            "\n".join(
                ["秋收时节", "村民们忙着收割稻谷，田间地头一片繁忙景象，大家脸上都挂着丰收的喜悦。"] * 10
            ).encode()
        )
    )
    first, second, without = tmp_path / "1", tmp_path / "2", tmp_path / "3"
    for output, options in ((first, []), (second, []), (without, ["--leave-out", "peoples_daily"])):
        command = [sys.executable, training.__file__, "--data", str(data), "-o", str(output), *options]
        subprocess.run(command, check=True, capture_output=True)
    assert first.read_bytes() == second.read_bytes()
    assert seam_model(first).crossing("收割", "稻谷") > -1 > -5 > seam_model(without).crossing("收割", "稻谷")
    assert len(list(training.lines_of(data, "broadcast", "train"))) == 16
    assert list(training.lines_of(data, "broadcast", "train")) == [TINY[0]] * 16


def test_answers_are_asked_for_once_and_forgotten_together() -> None:
    asked: list[str] = []

    def ask(piece: str) -> int:
        asked.append(piece)
        return len(piece)

    answers = Answers(ask)
    assert [answers[piece] for piece in ("一", "一二", "一")] == [1, 2, 1]
    assert asked == ["一", "一二"]
    for number in range(_REMEMBERED):
        answers[str(number)]
    assert len(answers) <= _REMEMBERED
    assert answers["一二"] == 2
