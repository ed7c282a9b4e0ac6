"""Invisible characters, and characters that look like others.

`INVISIBLE` and `PLAIN_FORMS` are tables for `str.translate`.
"""

import unicodedata

# Format characters (soft hyphen, zero width, direction marks, word joiner, byte order mark, tags)
# and the fillers that are drawn as nothing. The format characters that are drawn are not here.
INVISIBLE_RANGES = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE007F),
)
# They select a glyph variant of the character before them, which no name depends on.
VARIATION_SELECTORS = ((0x180B, 0x180D), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
COMPATIBILITY_IDEOGRAPHS = ((0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
MIDDLE_DOT = "·"
MIDDLE_DOTS = "\u0387\u1427\u16eb\u2022\u2027\u2219\u22c5\u2981\u2e31\u2e33\u30fb\ua78f\uff65"
SPACES = (
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
# Radicals of the CJK supplement, as texts copied out of PDF files have them in the place of
# ideographs. Unicode gives these no decomposition, only the ideograph each of them equals.
RADICALS = dict(
    zip(
        "⺁⺅⺆⺉⺊⺎⺒⺓⺖⺘⺙⺛⺝⺞⺟⺠⺡⺣⺦⺧⺨⺩⺪⺬⺭⺰⺲⺷⺹⺻⺽⺾⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂亻冂刂卜兀巳幺忄扌攵旡月歺母民氵灬丬牛犭王疋示礻纟罒羊耂聿臼艹虎衤覀西见角角讠贝车辶辶辶钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)


def _codes(ranges: tuple[tuple[int, int], ...]) -> list[int]:
    return [code for first, last in ranges for code in range(first, last + 1)]


INVISIBLE: dict[int, None] = dict.fromkeys(_codes(INVISIBLE_RANGES))
PLAIN_FORMS: dict[int, str | None] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _codes(COMPATIBILITY_IDEOGRAPHS)},
    **{ord(radical): ideograph for radical, ideograph in RADICALS.items()},
    **dict.fromkeys(map(ord, MIDDLE_DOTS), MIDDLE_DOT),
    **dict.fromkeys(map(ord, SPACES), " "),
    **dict.fromkeys(_codes(VARIATION_SELECTORS)),
}
