"""Names in a stretch of a line, as print sets them: parted by 、 or spaces, spaced out to the width of three, or glued."""

from __future__ import annotations

import re

from corpus_tools.characters import HANZI
from corpus_tools.names import glued_names, is_foreign_name, is_transliterated, may_be_name
from corpus_tools.roles.wording import FOREIGN_NAME, OWN_PAPER, PLAIN_NAME


def is_name(text: str) -> bool:
    """Whether a word reads like the name of a person of any people."""
    return may_be_name(text) or is_transliterated(text) or is_foreign_name(text)


_ONE_NAME = re.compile(rf"{FOREIGN_NAME}|{PLAIN_NAME}|[{HANZI}]{{5,6}}")
_OFFICE_NAME = re.compile(  # offices and places, no posts: 主席 习近平 signs a decree
    rf"[{HANZI}·]{{2,16}}(?:[市县縣省区區镇鎮乡鄉村局部委厅廳司院校所社会會馆館处處室办辦团團台站科系]|政府|公司|集团|集團|大学|大學|中心|总队|支队|大队|中队|学生|读者|讀者|市民|农民)"
)
_TRAILING_PAPER = re.compile(rf"[\ 、，,；;]{{1,2}}(?:《[{HANZI}]{{2,10}}》|{OWN_PAPER}|[{HANZI}]{{2,6}}[报報社])$")


def _is_office(word: str) -> bool:
    """Whether a word before names says where they are from: 云石镇人民政府, 石马乡."""
    return (len(word) > 3 or (len(word) == 3 and word[-1] in "乡鄉镇鎮村县縣市区區")) and _OFFICE_NAME.fullmatch(
        word
    ) is not None


def _are_one(first: str, second: str) -> bool:
    """Whether two words are one name spaced out: 刘 涛, and 欧阳 雪, where the first is no name by itself."""
    if len(second) != 1:
        return False
    return len(first) == 1 or (len(first) == 2 and not may_be_name(first) and may_be_name(first + second))


def names_in(text: str, *, offices: bool = False) -> list[tuple[str, bool]] | None:
    """The names in a stretch, each with whether print spaced it out: `任翔宇、臧力卿`, `刘 涛`; None where more is there.

    With `offices`, what stands before the names may say where they are from: 山西太原市 王伟.
    """
    text = _TRAILING_PAPER.sub("", text.strip(" ：:/／、，,；;|｜"))
    names: list[tuple[str, bool]] = []
    for part in re.split(r"\s*[、，,；;/／|｜]\s*|\s{2,}", text):
        words = part.split(" ")
        while words:
            # 刘 涛 is one name, 郝雨 李鹏 are two: two single hanzi in a row belong together.
            if len(words) > 1 and _are_one(words[0], words[1]):
                names.append((words[0] + words[1], True))
                del words[:2]
                continue
            word = words.pop(0)
            glued = glued_names(word) if len(word) > 3 and not is_transliterated(word) and not may_be_name(word) else []
            if glued:
                names += [(name, False) for name in glued]
            elif offices and words and not names and _is_office(word):
                continue
            elif _ONE_NAME.fullmatch(word) and (len(word) < 5 or "·" in word or is_name(word)):
                names.append((word, False))
            else:
                return None
    return names or None
