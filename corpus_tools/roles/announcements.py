"""Sentences of an OCR model about its own work: what it announces, what it could not read, what it refuses, its farewells.

A whole line enters, yes or no leaves. Newspapers print about pictures and quote apologies too, so a line counts only when
all of it is such a sentence: it speaks of the picture *and* of the text in it, or to the one who asked (您提供的图片). In
doubt the line stays.
"""

from __future__ import annotations

import re

LONGEST = 240
LONGEST_IN_CHINESE = 100
"""Characters of a sentence that a model says; the longest Chinese ones that were seen have 80, English ones 200."""

_PICTURE = (
    r"(?:[图圖]片|[图圖]像|照片|截[图圖]|影像|掃描件|扫描件|(?:[该該这這][张張]?|原)[图圖]|OCR)"
    r"(?![新聞报報展社库庫]|新闻|大[赛賽]|故事|[来來]源|作品|[说說]明)"
)
_ITS_TEXT = r"(?:文字|文本|正文|[内內]容|[结結]果|[转轉][录錄写寫]|抄[录錄]|原文)"
_NO_HANZI = r"[^\n\u3400-\u9fff]"
_AGREED = r"(?:(?:好的|好|当然(?:可以)?|當然(?:可以)?|没问题|沒問題|可以|明白了?|收到)[，,。！!\ ]{0,2})?"
_OFFERED = r"[您你](?:所)?(?:提供|上[传傳]|[发發]送|[给給]出|[发發][来來])的?"
_CANNOT = (
    r"(?:目前|[暂暫][时時]|[现現]在)?(?:[无無]法|不能(?:[够夠])?|[没沒]有?[办辦]法|不可以|[难難]以|未能)"
    r"(?:直接|[准準][确確]|完整|清晰|[继繼][续續]|[为為][您你]|[帮幫][您你]){0,2}"
)
_TASK = (
    r"(?:[识識][别別]|辨[识識认認]|提供|[处處]理|查看|[读讀]取|[阅閱][读讀]|完成|[协協]助|[帮幫]助|看清|看到|看[见見]"
    r"|提取|[转轉][录錄写寫]|[满滿]足|回答|[访訪][问問]|打[开開]|分析|[执執]行|[响響][应應]|[继繼][续續])"
)
_OBJECT = r"(?:[图圖]|影像|照片|截[图圖]|文字|文本|[内內]容|[请請]求|要求|[问問][题題]|[页頁]面|[报報][纸紙]|文件|文[档檔]|[帮幫]助|服[务務]|信息|[资資][讯訊])"
_MORE = r"(?:其他|其它|任何|更多|[进進]一步|[别別]的|需要|修改|[调調]整|疑[问問]|[问問][题題]|[补補]充)"
_TO_ME = r"我(?![们們市县縣区區省国國院社校台臺报報公局厂廠村])"

_ANNOUNCED = rf"""
    {_AGREED}(?:以下|下面|[这這](?:里|裡|裏)?)(?:就)?(?:是|[为為]|[给給][您你])
    (?:根[据據])?(?:{_OFFERED})?(?:从|從|[对對])?
    (?:(?!照片|影像){_PICTURE}|[识識][别別](?:[的到出后後]|[结結]果)|辨[识識](?:[的到出後]|[结結]果)|提取(?:[的到出]|[结結]果)|[转轉][录錄写寫][的到出]
      |(?:[该該][页頁]面|[页頁]面[的中上])|[报報][纸紙](?:{_PICTURE}|[页頁]面|版面|中|[上的](?:所有|全部)?(?:文字|文本|[内內]容))|文[档檔][的中])
    [^\n，。]{{0,30}}
    (?<=[字本文容果录錄写寫])(?:，[^\n]{{0,40}}[：:]|[（(][^\n）)]{{0,30}}[）)])?[：:。]?
  | {_AGREED}(?:根[据據]|按照|依据|依據){_OFFERED}(?:{_PICTURE}|[报報][纸紙]|[页頁]面|文[档檔]|文件)[^\n，。]{{0,24}}
      ，[^\n]{{0,40}}(?:如下|{_ITS_TEXT})[：:。]
  | {_AGREED}(?:我(?:将|將|[会會]|[来來])?|已)?(?:[为為][您你])?(?:[将將]|把)?{_PICTURE}[里裡裏中上][^\n，。]{{0,20}}{_ITS_TEXT}
      [^\n。]{{0,20}}如下[：:。]
  | (?:{_PICTURE}|[图圖]|[页頁]面|[报報][纸紙](?:版面|[页頁]面)?)[里裡裏中上]?(?:[内內]|所[示含])?的?(?:所有|全部|主要|可[见見])?
      {_ITS_TEXT}{{1,3}}(?:[识識][别別]|提取|[转轉][录錄]|辨[识識])?(?:[结結]果)?(?:如下|[为為]|是|包括)[：:]
  | (?:(?:OCR|文字)?[识識][别別]|辨[识識]|提取|[转轉][录錄写寫]|OCR)(?:[出到]|[后後])?的?(?:{_ITS_TEXT}){{1,3}}(?:如下|[为為])?[：:]
"""
_REFUSED = rf"""
    (?:很|非常|十分|[实實]在)?(?:抱歉|[对對]不起|不好意思|[遗遺]憾)[，,。！!\ ]{{0,2}}(?:但|但是)?(?:作[为為][^\n，。]{{1,16}}，)?
      {_TO_ME}{_CANNOT}{_TASK}[^\n，“「]{{0,16}}{_OBJECT}[^\n“”「」]{{0,60}}
  | 作[为為]一?[个個]?(?:人工智能|AI|大型|大)?(?:[语語]言)?(?:模型|助手|助理)，{_TO_ME}[^\n]{{0,80}}
  | (?:由[于於])?{_PICTURE}(?:[内內]容|中的?文字|文字)?(?:[过過][于於]|太|[较較]|比[较較])?
      (?:模糊|不(?:[够夠])?清(?:晰|楚)?)[^\n，。]{{0,8}}，{_CANNOT}{_TASK}[^\n]{{0,30}}
  | (?:[无無]法|未能|未)(?:[识識][别別]|[检檢][测測]|[发發][现現])(?:到|出)?
      (?:{_PICTURE}(?:中|[内內]|里|裡)?的?|任何|可[识識][别別]的)[^\n，]{{0,6}}(?:文字|文本|[内內]容)[。.]?
  | (?:[该該这這][张張])?{_PICTURE}[里裡中上]?[没沒]有(?:可[识識][别別]的|任何)(?:文字|文本)[^\n]{{0,16}}
  | [请請](?:[您你])?(?:重新)?(?:提供|上[传傳])(?:一[张張份])?更?[加为為]?(?:清晰|高清|完整)的?{_PICTURE}[^\n]{{0,40}}
"""
_EXCUSED = rf"""
    [（(\[]?(?:注意?|[备備][注註]|[说說]明|提示|[请請]注意|註)[：:，]\ ?(?:[由因])?(?:[于於]|[为為])?
      (?:{_PICTURE}[^\n]{{0,40}}(?:文字|[内內]容|字[迹跡])[^\n]{{0,40}}|(?:(?:文中|其中)?(?:部分|[个個][别別]|有些|某些|以上))(?:文字|[内內]容|字[迹跡])[^\n]{{0,20}}
        (?:模糊|不清|分辨率|清晰度|遮[挡擋])[^\n]{{0,20}}(?:[识識][别別]|辨[识識认認]|提取|[转轉][录錄])[^\n]{{0,24}})
  | [（(\[]?以上(?:就)?(?:是|[为為])(?:{_OFFERED})?(?:{_PICTURE}|[识識][别別]的|提取的)[^\n，]{{0,24}}{_ITS_TEXT}[^\n]{{0,30}}
  | \[?[（(]?(?:由[于於]篇幅限制，)?以下(?:文字模糊|[内內]容(?:省略|[无無]法))[^\n。]{{0,20}}[）)]?\]?
  | 希望(?:[这這]|以上)?(?:[个個]|些|份)?(?:{_ITS_TEXT}|信息|回答)?(?:能|可以|能[够夠])?[对對][您你]有所?[帮幫]助[^\n]{{0,24}}
  | 如果?[您你]?(?:[还還])?(?:有|需要?)[^\n。]{{0,12}}{_MORE}?[^\n。]{{0,16}}[请請]?[随隨]?[时時]?(?:告[诉訴]|告知){_TO_ME}[^\n]{{0,4}}
  | 如果?[您你]?(?:[还還])?(?:有|需要?){_MORE}[^\n。]{{0,24}}[请請]?[随隨][时時](?:提出|提[问問]|[联聯][系繫]{_TO_ME}|[让讓]我知道)[^\n]{{0,4}}
"""
_ENGLISH_TEXT = r"(?:text|transcription|transcript|contents?|OCR|output|extraction|results?|markdown|translation)"
_ENGLISH = rf"""
    (?:(?:Sure|Certainly|Of\ course|Okay|OK|Absolutely)[,!.]?\ )?
    (?:
        Here(?:'s|\ is|\ are)\ (?:the|a|your|an)\ (?:[\w-]+\ ){{0,5}}{_ENGLISH_TEXT}\b{_NO_HANZI}{{0,120}}
      | (?:Below|The\ following)\ is\ (?:the|a)\ (?:[\w-]+\ ){{0,5}}{_ENGLISH_TEXT}\b{_NO_HANZI}{{0,120}}
      | Th(?:e|is)\ (?:provided\ |given\ |attached\ )?(?:image|picture|photo|screenshot|scan|newspaper\ page|page|document)\ (?:you\ \w+\ )?
          (?:shows?|contains?|appears?\ to|is\ (?:a|an|not|too|of|blank|empty)|depicts|displays|does\ not)\b{_NO_HANZI}{{0,200}}
      | (?:The\ )?(?:text|content)s?\ (?:in|from|of|on)\ (?:the|this)\ (?:image|picture|page|newspaper)\b{_NO_HANZI}{{0,100}}
      | (?:(?:so\ |very\ )?sorry|unfortunately|I\ apologi[sz]e|my\ apologies|I(?:['’]m|\ am)\ (?:so\ |very\ |really\ )?sorry)(?:[,.]|\ ){_NO_HANZI}{{0,30}}
          (?:can(?:['’]t|not|\ not)|unable|not\ able|won['’]t|don['’]t)\b{_NO_HANZI}{{0,160}}
      | I(?:['’]m|\ am)\ (?:unable|not\ able)\ to\b{_NO_HANZI}{{0,160}}
      | I\ (?:can(?:['’]t|not|no)|won['’]t)\ (?:be\ able\ to\ )?
          (?:assist|help|provide|process|view|transcribe|extract|identify|fulfil|comply|recogni[sz]e|read\ the)\b{_NO_HANZI}{{0,120}}
      | As\ an\ AI\b{_NO_HANZI}{{0,160}}
      | (?:\[|\()?(?:Please\ )?note:?\ (?:that\ )?{_NO_HANZI}{{0,80}}
          (?:illegible|unclear|blurr|legib|cut\ off|OCR|the\ image|the\ text|transcri){_NO_HANZI}{{0,120}}
      | (?:Please\ )?(?:let\ me\ know|feel\ free\ to)\b{_NO_HANZI}{{0,100}}
      | (?:If\ you|Would\ you\ like)\b{_NO_HANZI}{{0,80}}(?:let\ me\ know|\bme\ to\b){_NO_HANZI}{{0,60}}
      | I\ hope\ this\ helps{_NO_HANZI}{{0,40}}
      | (?:Extracted|Transcribed|Recogni[sz]ed|OCR)\ (?:text|output|results?|content)(?:\ from{_NO_HANZI}{{0,40}})?:?|(?:Transcription|Text\ content):
      | (?:Left|Right|Middle|Top|Bottom|Upper|Lower|First|Second|Third|Main)[\ -](?:column|section|side|article|half){_NO_HANZI}{{0,30}}:
      | (?:Headline|Title|Subtitle|Main\ text|Body|Caption|Subheading|Byline)s?:
    )
"""
_SAID = re.compile(rf"(?:{_ANNOUNCED}|{_REFUSED}|{_EXCUSED})", re.VERBOSE)
_SAID_IN_ENGLISH = re.compile(_ENGLISH, re.VERBOSE | re.IGNORECASE)

_FIRST = frozenset(
    "好当當可没沒明收以下这這根按依我已为為将將把图圖照截影掃扫该該原O页頁报報识識文辨提转轉很非十实實抱对對不遗遺作由无無未请請注註备備说說希如（([【"
)
"""What the Chinese sentences begin with: a cheap look before their grammar."""


def is_announcement(text: str) -> bool:
    """Whether a whole line is a sentence of an OCR model about its work.

    >>> is_announcement("以下是图片中的文字内容："), is_announcement("Sorry, I can't assist with that.")
    (True, True)
    >>> is_announcement("以下是本报记者从抢险现场发回的报道："), is_announcement("“抱歉，我不能收。”老李把红包推了回去。")
    (False, False)
    """
    if not 3 < len(text) <= LONGEST:
        return False
    if text[0].isascii() and (text[0].isalpha() or text[0] in "[(") and _SAID_IN_ENGLISH.fullmatch(text):
        return True
    return len(text) <= LONGEST_IN_CHINESE and text[0] in _FIRST and _SAID.fullmatch(text) is not None
