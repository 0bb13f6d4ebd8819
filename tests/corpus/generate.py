"""Fills the hand-written templates of the corpus in, the same every time: `python -m tests.corpus.generate` rewrites `templates.jsonl`.

They are short statements above all, with one trap each, in some 120 languages.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
VARIANTS: Final = 2
"""How often each template is filled in, with other numbers and names."""
SEED: Final = 20260101

_BRAND_NAMES: Final = (
    "Google Uber PayPal Netflix Amazon TikTok Discord Steam Airbnb Bolt Revolut Binance Telegram Instagram Viber LINE "
    "Shopee Grab Klarna Wise Tinder Signal Lyft eBay Zalando HDFC Paytm Careem Yandex Ozon Kaspi Vodafone Orange Coinbase"
)
_BRANDS: Final = tuple(_BRAND_NAMES.split())
_NUMBERED_BRANDS: Final = (
    "Bet365",
    "1xBet",
    "Cash24",
    "360Learning",
    "7-Eleven",
    "Club21",
    "O2",
    "Gate.io",
    "888casino",
    "Pier1",
)
_CHINESE_BRANDS: Final = (
    "微信",
    "支付宝",
    "淘宝",
    "京东",
    "美团",
    "滴滴出行",
    "哔哩哔哩",
    "小红书",
    "12306",
    "中国移动",
)
_HOSTS: Final = ("example.com", "login.bank.co.uk", "shop.example.org", "accounts.example.net")
_COUPONS: Final = ("SAVE20", "WELCOME50", "SUMMER25", "EXTRA15", "NEW100", "BLACK30", "VIP2026")
_LENGTHS: Final = (6, 6, 6, 6, 6, 4, 4, 5, 7, 8)
# The templates stand one a line, with their invisible characters shown.
_ESCAPES: Final = {r"\n": "\n", r"\u200b": "\u200b", r"\u200e": "\u200e", r"\u200f": "\u200f"}
_ESCAPE: Final = re.compile(r"\\(?:n|u200[bef])")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


def _digits(rng: random.Random, length: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(length))


def _code(rng: random.Random) -> str:
    return _code_of(rng, rng.choice(_LENGTHS))


def _code_of(rng: random.Random, length: int) -> str:
    while True:
        code = _digits(rng, length)
        if not (length == 4 and code[:2] in {"19", "20"}):
            return code


def _mixed(rng: random.Random, length: int) -> str:
    while True:
        code = "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(length))
        if any(map(str.isdigit, code)) and sum(map(str.isalpha, code)) >= 2:
            return code


def _amount(rng: random.Random) -> str:
    value = rng.randrange(100, 9_999_999) / 100
    return rng.choice((f"{value:,.2f}", f"{value:.2f}", f"{value:.0f}", f"{value:,.0f}"))


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.choice((2024, 2025, 2026))
    name = "JanFebMarAprMayJunJulAugSepOctNovDec"[3 * month - 3 : 3 * month]
    return rng.choice(
        (
            f"{day:02}/{month:02}/{year}",
            f"{day:02}-{month:02}-{year}",
            f"{day}.{month}.{year}",
            f"{year}-{month:02}-{day:02}",
            f"{day:02}-{name}-{year % 100}",
            f"{day} {name} {year}",
            f"{day:02}/{month:02}",
        )
    )


def _phone(rng: random.Random) -> str:
    local = _digits(rng, 9)
    return rng.choice(
        (
            f"+44 7{local}",
            f"+1{_digits(rng, 10)}",
            f"9{local}",
            f"+49 151 {_digits(rng, 8)}",
            f"0{local[:3]} {local[3:6]} {local[6:]}",
        )
    )


_TRAPS: Final[dict[str, Callable[[random.Random], str]]] = {
    "brand": lambda rng: rng.choice(_BRANDS if rng.random() < 0.9 else _NUMBERED_BRANDS),
    "zhbrand": lambda rng: rng.choice(_CHINESE_BRANDS),
    "host": lambda rng: rng.choice(_HOSTS),
    "url": lambda rng: rng.choice(("https://ex.am/", "bit.ly/", "http://t.co/")) + _mixed(rng, 6).lower(),
    "coupon": lambda rng: rng.choice(_COUPONS),
    "promo6": lambda rng: _digits(rng, 6),
    "none": lambda rng: _digits(rng, rng.choice((4, 6))),
    "other": lambda rng: _digits(rng, 6),
    "amt": _amount,
    "last4": lambda rng: _digits(rng, 4),
    "phone": _phone,
    "help": lambda rng: rng.choice(
        (
            f"1800{_digits(rng, 6)}",
            f"1800 {_digits(rng, 3)} {_digits(rng, 4)}",
            "1930",
            "14444",
            f"0800-{_digits(rng, 3)}-{_digits(rng, 3)}",
        )
    ),
    "date": _date,
    "time": lambda rng: f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}",
    "min": lambda rng: rng.choice(("2", "3", "5", "10", "15", "30")),
    "pct": lambda rng: rng.choice(("5", "10", "20", "50", "70")),
    "ref": lambda rng: _digits(rng, rng.choice((9, 10, 12))),
    "refalpha": lambda rng: "".join(rng.choice("ABCDEFGHKLMNPQ") for _ in range(4)),
    "order": lambda rng: _digits(rng, rng.choice((6, 7, 8))),
    "booking": lambda rng: _mixed(rng, 6),
    "flight": lambda rng: "LH" + _digits(rng, 4),
    "zip": lambda rng: _digits(rng, 5),
    "num1": lambda rng: rng.choice("123456789"),
    "num2": lambda rng: _digits(rng, 1).replace("0", "1") + _digits(rng, 1),
    "num3": lambda rng: str(rng.randint(100, 999)),
    "short": lambda rng: _digits(rng, 5),
    "year": lambda rng: rng.choice(("2024", "2025", "2026")),
    "alnumx": lambda rng: _mixed(rng, 7),
    "hexx": lambda rng: "".join(rng.choice("0123456789abcdef") for _ in range(7)),
    "hash": lambda rng: "".join(rng.choice("ABCDabcdefXYZxyz+/0123456789") for _ in range(11)),
}


def _same(code: str) -> tuple[str, str]:
    return code, code


def _grouped(rng: random.Random, separator: str, size: int) -> tuple[str, str]:
    code = _digits(rng, 6)
    return separator.join(code[start : start + size] for start in range(0, 6, size)), code


def _in_script(rng: random.Random, zero: int) -> tuple[str, str]:
    code = _digits(rng, 6)
    return "".join(chr(zero + int(digit)) for digit in code), code


def _prefixed(rng: random.Random) -> tuple[str, str]:
    code = _digits(rng, 6)
    return f"G-{code}", code


# Placeholders that are the answer: each draws (as written, as typed).
_ANSWERS: Final[dict[str, Callable[[random.Random], tuple[str, str]]]] = {
    "code": lambda rng: _same(_code(rng)),
    "code3": lambda rng: _same(_digits(rng, 3)),
    "code4": lambda rng: _same(_code_of(rng, 4)),
    "code5": lambda rng: _same(_digits(rng, 5)),
    "code6": lambda rng: _same(_digits(rng, 6)),
    "code8": lambda rng: _same(_digits(rng, 8)),
    "alnum3": lambda rng: _same(_mixed(rng, 3)),
    "alnum5": lambda rng: _same(_mixed(rng, 5)),
    "code_letters8": lambda rng: _same("".join(rng.choice("BCDFGHJKLMNPQRSTVWXZ") for _ in range(8))),
    "mycode": lambda rng: _in_script(rng, 0x1040),
    "dashed": lambda rng: _grouped(rng, "-", 3),
    "dotted": lambda rng: _grouped(rng, ".", 3),
    "spaced": lambda rng: _grouped(rng, " ", 3),
    "wide_spaced": lambda rng: _grouped(rng, " ", 1),
    "gcode": _prefixed,
    "alnum": lambda rng: _same(_mixed(rng, rng.choice((5, 6, 8)))),
    "letters": lambda rng: _same("".join(rng.choices("BCDFGHJKLMNPQRSTVWXZ", k=rng.choice((4, 6, 6, 8))))),
    "arcode": lambda rng: _in_script(rng, 0x660),
    "facode": lambda rng: _in_script(rng, 0x6F0),
    "hicode": lambda rng: _in_script(rng, 0x966),
    "bncode": lambda rng: _in_script(rng, 0x9E6),
    "widecode": lambda rng: _in_script(rng, 0xFF10),
}


def fill(template: str, rng: random.Random) -> tuple[str, str | None]:
    """Return the template with its placeholders filled in, and the code to be read from it (None for silence)."""
    answer: tuple[str, str] | None = None

    def replace(match: re.Match[str]) -> str:
        nonlocal answer
        name = match[1]
        if name in _ANSWERS:
            answer = answer or _ANSWERS[name](rng)
            return answer[0]
        if name == "same":
            return answer[1] if answer else ""
        return _TRAPS[name](rng)

    text = _PLACEHOLDER.sub(replace, _ESCAPE.sub(lambda match: _ESCAPES[match[0]], template))
    return text, answer[1] if answer else None


def compose() -> Iterator[dict[str, str | None]]:
    """Yield the labelled messages."""
    rng = random.Random(SEED)
    for line in (HERE / "templates.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        language, trap, template = (field.strip() for field in line.split("|", 2))
        for _ in range(VARIANTS):
            text, code = fill(template, rng)
            sender = rng.choice((None, None, "INFO", "+447700900123", "12345", rng.choice(_BRANDS)))
            yield {"text": text, "sender": sender, "code": code, "language": language, "trap": trap}


def main() -> None:
    """Rewrite the part of the corpus that comes from templates."""
    rows = (json.dumps(row, ensure_ascii=False) for row in compose())
    (HERE / "templates.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
