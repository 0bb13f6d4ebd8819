"""Mutated messages for a bounded time: `FUZZ_SECONDS` (2 unless told) and `FUZZ_SEED` steer it."""

import os
import random
import time
from collections.abc import Callable

import pytest

from processors.extract import extract
from processors.extract.normalise import normalise
from tests.corpus.measure import load

SECONDS = float(os.environ.get("FUZZ_SECONDS", "2"))
SEED = int(os.environ.get("FUZZ_SEED", "20260505"))
SEPARATORS = str.maketrans("", "", "-‐‑‒–—−· \u00a0\u202f.:/',")
ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0x1040, 0xFF10, 0x1D7CE)
ODD = "\u200b\u200e\u200f\u202e\ufeff\u00a0\u3000\t\n\r\0é٤४的코😀@#:=-–—.,%$€*_/()[]【】\"'1234567890OTPcode"
LONGEST_CHARACTERS = 65_536
SLOWEST_SECONDS = 2.0

Mutation = Callable[[str, random.Random], str]


def _cut(text: str, rng: random.Random) -> str:
    start, end = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    return text[:start] + text[end:]


def _insert(text: str, rng: random.Random) -> str:
    place = rng.randint(0, len(text))
    return text[:place] + "".join(rng.choices(ODD, k=rng.randint(1, 4))) + text[place:]


def _copy(text: str, rng: random.Random) -> str:
    start, end = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    place = rng.randint(0, len(text))
    return text[:place] + text[start:end] + text[place:]


def _any_character(text: str, rng: random.Random) -> str:
    place = rng.randint(0, len(text))
    return text[:place] + chr(rng.randrange(0x110000)) + text[place + 1 :]


def _swap_case(text: str, rng: random.Random) -> str:
    return rng.choice((str.upper, str.lower, str.swapcase, str.title))(text)


def _repeat(text: str, rng: random.Random) -> str:
    return (text * rng.choice((2, 8, 400)))[:LONGEST_CHARACTERS]


MUTATIONS: tuple[Mutation, ...] = (_cut, _insert, _copy, _any_character, _swap_case, _cut, _insert, _copy)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [row.text for part in ("train", "statements") for row in load(part)]


def mutated(texts: list[str], rng: random.Random) -> str:
    """Return a text of the corpus, or two in one, changed in a few places; one in a hundred much repeated."""
    text = rng.choice(texts)
    if rng.random() < 0.2:
        text += rng.choice((" ", "\n", "")) + rng.choice(texts)
    for _ in range(rng.randint(1, 4)):
        text = rng.choice(MUTATIONS)(text, rng)
    return _repeat(text, rng) if rng.random() < 0.01 else text


def test_promises_hold_for_mutated_messages(texts: list[str]) -> None:
    """No error, no invented code, the same answer amid white space and in other scripts' digits, and never slow."""
    rng = random.Random(SEED)
    deadline = time.monotonic() + SECONDS
    tried = 0
    while time.monotonic() < deadline or not tried:
        text = mutated(texts, rng)
        start = time.process_time()
        extraction = extract(text)
        assert time.process_time() - start < SLOWEST_SECONDS, (text[:200], len(text))
        plain = normalise(text, utf8=text.encode("utf-8", "replace"))[0]
        if extraction.code is not None:
            assert extraction.code.translate(SEPARATORS) in plain.translate(SEPARATORS), text
            assert extraction.raw in text, text
        assert extract(f" \n{text}\t\r\n ") == extraction, text
        zero = rng.choice(ZEROS)
        digits = {ord(str(digit)): chr(zero + digit) for digit in range(10)}
        assert extract(text.translate(digits)).code == extraction.code, text
        tried += 1
