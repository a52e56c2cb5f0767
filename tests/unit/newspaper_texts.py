"""Invented news for the tests of encodings: the mainland's, Taiwan's and Hong Kong's habits, and other languages."""

from __future__ import annotations

MAINLAND = (
    "山城日报\n"
    "　　本报讯（记者 林晓航）昨日，市政府召开会议，部署今冬供暖工作。会议要求，各区县要提前检修管道，确保11月1日按时供暖。\n"
    "　　据了解，今年全市新增供热面积三百万平方米，老旧小区改造同步进行，居民家中室温不得低于十八度。\n"
    "　　“去年这时候还穿着棉袄，今年一进门就暖和。”家住河西的退休工人陈师傅说。\n"
)
TAIWAN = (
    "島嶼日報\n"
    "　　【記者林曉航／台北報導】颱風來襲，市政府昨天召開會議，決定今天停止上班上課。\n"
    "　　氣象局表示，這次颱風移動速度緩慢，中南部山區將有豪雨，民眾應避免前往山區活動，低窪地區也要慎防淹水。\n"
    "　　里長說：「大家先把沙包堆好，晚上輪流巡視。」\n"
)
HONGKONG = (
    "海港早報\n"
    "　　【專訊】街坊話，呢條街嘅舖位租金升咗三成，唔少老店都捱唔住，喺月底就要執笠。\n"
    "　　「做咗四十年，冇諗過要咁樣收場。」店主嘆氣話，佢哋啲熟客仲未知。\n"
    "　　運輸署表示，明日起北行慢線封閉，駕駛人士請改用其他路線。\n"
)
JAPANESE = "これは日本語の新聞記事です。東京で会議が開かれ、来年度の予算について話し合いました。\n"
KOREAN = "오늘 서울에서 회의가 열렸다. 한국 경제가 지난해보다 좋아졌다고 정부는 밝혔다.\n"
RUSSIAN = "Сегодня в городе прошло совещание о подготовке к зиме.\n"
FRENCH = "Señor Núñez fête à Paris. Größe über Österreich, déjà vu.\n"

RARE_NAMES = (
    "　　参赛选手：翀翾、赟喆、珺曈、淼鑫、燚祎、璟雯、旻昊、芃芃、頔頔、垚垚、堃堃、骉骉、翯翯、彧彧、曌曌。\n"
)
"""A list of given names in hanzi that news seldom has."""

BOXES = "┌──────┬──────┐\n│　区县　　　│　面积　　　│\n├──────┼──────┤\n│　河西　　　│　８５．６　│\n└──────┴──────┘\n"
KANA = "　　会场外挂着横幅：“ようこそ、みなさんのまちへ”，卡拉ＯＫ机上写着カラオケ。\n"


def euc_tw(text: str) -> bytes:
    """Text of Big5's hanzi and marks in EUC-TW, for which Python has no codec."""
    coded = bytearray()
    for character in text:
        code = character.encode("big5")
        if len(code) == 1:
            coded += code
            continue
        cell = code[1] - 0x40 if code[1] < 0x7F else code[1] - 0xA1 + 63
        if code[0] < 0xA4:
            plane, index = b"", (code[0] - 0xA1) * 157 + cell
        elif code[0] < 0xC9:
            plane, index = b"", 35 * 94 + (code[0] - 0xA4) * 157 + cell
        else:
            plane, index = b"\x8e\xa2", (code[0] - 0xC9) * 157 + cell
        coded += plane + bytes((0xA1 + index // 94, 0xA1 + index % 94))
    return bytes(coded)
