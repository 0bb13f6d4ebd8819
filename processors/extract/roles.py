"""Says what a plain number is by what stands right beside it: an amount, a phone, a quantity, or perhaps a code."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

CODE_ROLE: Final = "code"
PRICED_ROLE: Final = "priced"
"""Beside a word that a currency goes by, which may be another word (`koden din: 31875`): weighed where it has the digits of a code."""
COUNTED_ROLE: Final = "counted"
"""Likewise beside a word that a unit goes by (`917264 pt`)."""
DOUBTFUL_ROLES: Final = (PRICED_ROLE, COUNTED_ROLE)
_PHONE_DIGITS_MAX: Final = 15  # E.164
_LONGEST_ADDRESS: Final = 200

_CURRENCY_SIGNS: Final = frozenset("$€£¥₹₽₺₴₸₩₪₫₦₱฿৳₾֏￥＄￦₡₲៛元円원块圓﷼%٪‰°")
_CURRENCY_TEXT: Final = """
    rs inr usd us eur euro euros gbp aed sar egp pkr ngn kes ksh tzs tsh ugx ugs zar php idr rp myr rm sgd thb vnd
    rub uah kzt uzs pln zl czk kc huf ft ron lei lv bgn rsd din sek nok dkk kr chf cad aud nzd brl mxn ars clp cop
    pen try tl jpy krw cny rmb hkd twd ghs etb birr bdt tk lkr npr mad dzd tnd lyd iqd irr jod kwd qar omr bhd azn
    manat amd gel kgs tjs tmt byn mnt xof xaf fcfa cfa rwf zmw bwp dollar dollars rupee rupees peso pesos soles
    reais руб рублей рубля рубль р грн тг тенге теңге лв лева дин сум сом сомон ريال درهم جنيه دينار تومان روپے रु
    रुपये रुपए টাকা ரூ రూ ರೂ രൂപ บาท ກີບ ကျပ် đồng đ vnđ ብር zł kč
    ریال دینار درهما دينارا ريالا جنيها ليرة افغانی افغانۍ रुपया रूपये रुपैयाँ টকা টাকার রু রুপি રૂપિયા ਰੁਪਏ ଟଙ୍କା ரூபாய் రూపాయలు ರೂಪಾಯಿ රුපියල් රු
    រៀល ដុល្លារ төгрөг төг сомонӣ сомони сўм so'm динара динар денари денар ден рублёў гривень гривні ლარი դրամ ευρώ שח שקל שקלים
"""
_CURRENCY_WORDS: Final = frozenset(_CURRENCY_TEXT.split())
_VOWEL_SIGNS: Final = "\u0900-\u0963\u0970-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u102b-\u103e\u17b4-\u17d3"
"""What stands amid the letters of Indic and South-East Asian words, and is no letter by itself."""
_NEXT_WORD: Final = re.compile(
    rf"[.,]?-? ?((?:[^\W\d_]|[{_VOWEL_SIGNS}]){{1,8}}|[$€£¥₹₽₺₴₸₩₪₫₦₱฿৳₾֏元円원块])(?![^\W\d_])|[元円원块]"
)
_UNITS: Final = (
    "mb|gb|kb|tb|kms?|kg|g|m|cm|mm|ml|l|k|pts?|points?|puntos|pontos|items?|miles?|people|persons|users|seats|pcs|coins|stars|steps|"
    "secs?|seconds?|secondes?|seg|segundos?|sek|sekund[a-z]{0,2}|saniye|detik|сек|секунд[аы]?|mins?|minutes?|hrs?|hours?|"
    "calories|votes|likes|followers|views|orders|pages|meters|metres|ч|мин|балл(?:ов|а)?|st|nd|rd|th|x|am|pm|uhr|h"
)
_QUANTITY_AFTER: Final = re.compile(
    rf"(?:-| )?(?:{_UNITS}|積分|积分|ポイント|포인트|個|件|次|位)(?!\w)|[年月日号時时点分秒個次位天期]|년|월|일|시|분|초|회|개",
    re.IGNORECASE,
)
# `23-11 om 14:22`
_DAY_WITH_TIME: Final = re.compile(
    r"(?:0[1-9]|[12][0-9]|3[01])-(?:0[1-9]|1[0-2]),? (?:[^\W\d_]{1,5} ){0,2}[0-9]{1,2}[:.hH][0-9]{2}(?![0-9])"
)
_MASK: Final = frozenset("*•●✱×＊xX…#")
_KOREAN_HOTLINE: Final = re.compile("1[568][0-9]{2}-[0-9]{4}")
_QUIET: Final = frozenset(["", " ", "\n", ",", ":", ";", "(", ")", "!"])
_QUIET_AFTER: Final = _QUIET | {"."}
_CHARACTERS_BEFORE: Final = 12
_CHARACTERS_AFTER: Final = 12  # what `_NEXT_WORD` and `_QUANTITY_AFTER` see at the most
_MOST_REMEMBERED: Final = 10_000


class Span(NamedTuple):
    """A number or a code-like token: where it stands, what one would type, and what its shape says it is."""

    start: int
    end: int
    code: str
    kind: str
    role: str


def numeric_role(text: str, start: int, end: int, digits: str, before: str, after: str) -> str:
    """Name what surroundings of one or two characters make of a plain number."""
    length = len(digits)
    if before in _CURRENCY_SIGNS or after in _CURRENCY_SIGNS:
        return "amount"
    if before == "+" or length > 10 or (length == 10 and end - start > 11):
        return "phone" if length <= _PHONE_DIGITS_MAX else "number"
    if length == 8 and end - start > length and _KOREAN_HOTLINE.match(text, start):
        return "phone"
    if before not in _QUIET or after not in _QUIET_AFTER:
        role = _marked_role(text, start, end, before, after)
        if role:
            return role
    if length < 3:
        return "number"
    if length == 4 and end - start > length and _DAY_WITH_TIME.match(text, start):
        return "date"
    if _is_currency_before(text[max(0, start - _CHARACTERS_BEFORE) : start]):
        return PRICED_ROLE
    return _counted(text[end : end + _CHARACTERS_AFTER]) or CODE_ROLE


@lru_cache(maxsize=_MOST_REMEMBERED)
def _counted(after: str) -> str:
    """Name what the words right after a number make of it: an amount, a quantity, or nothing."""
    if is_currency_next(after, 0):
        return PRICED_ROLE
    return COUNTED_ROLE if is_quantity_next(after, 0) else ""


def is_quantity_next(text: str, end: int) -> bool:
    """Tell whether what the number counts stands right after it."""
    return _QUANTITY_AFTER.match(text, end) is not None


def _marked_role(text: str, start: int, end: int, before: str, after: str) -> str:
    """Name what a mask, a path or a handle beside the number makes of it; empty where it makes nothing."""
    if before and before in _MASK and start > 1 and (before not in "#xX…" or text[start - 2] in "xX…#*"):
        return "masked"
    if after and after in "*•●✱×＊" and text[end + 1 : end + 2] in _MASK:
        return "masked"
    if before and before in "/?&=_@.\\" and in_address(text, start):
        return "address"
    if after in ("@", "_") and text[end + 1 : end + 2].isalnum():
        return "address"
    return ""


@lru_cache(maxsize=_MOST_REMEMBERED)
def _is_currency_before(before: str) -> bool:
    """Tell whether the characters right before a number end in its currency."""
    words = before.replace(".", " ").replace(":", " ").split()
    if not words or (words[-1][-1] not in _CURRENCY_SIGNS and words[-1].lower().lstrip("(") not in _CURRENCY_WORDS):
        return False
    return len(words) < 2 or not words[-2][-1].isdigit() or before[-2] != ":"  # `50 USD: 123456` has its number before


def is_currency_next(text: str, end: int) -> bool:
    """Tell whether a currency stands right after the number."""
    match = _NEXT_WORD.match(text, end)
    if match is None or text[match.end() : match.end() + 2].lstrip()[:1].isdigit():
        return False  # `482913 INR 500.00`: the currency is that of the next number
    return match[1] is None or match[1] in _CURRENCY_SIGNS or match[1].lower() in _CURRENCY_WORDS


def in_address(text: str, start: int) -> bool:
    """Tell whether the number continues a URL, a path, a version or a handle to its left."""
    word = text[max(0, start - _LONGEST_ADDRESS) : start].rsplit(None, 1)[-1]
    if word == "=" or (word.endswith("=") and "/" not in word and "?" not in word and "&" not in word):
        return False
    if word[-1] == "." and word[:-1].isalpha() and len(word) > 3 and word.count(".") == 1:
        return False  # a sentence whose blank went missing: `code.123456`
    if word[-1] == "/":
        return "." in word or word.count("/") > 1
    return True
