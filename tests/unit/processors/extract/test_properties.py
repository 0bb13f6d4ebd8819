"""Promises that hold for any text whatever."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extract import explain, extract
from processors.extract.model import DEFAULT
from processors.extract.normalise import normalise
from processors.extract.reading import read
from processors.extract.scoring import Judgement
from tests.corpus.measure import LEARNT_FROM, load

SEPARATORS = str.maketrans("", "", "-‐‑‒–—−· \u00a0\u202f.:/',")
LONGEST_CHARACTERS = 65_536
SLOWEST_SECONDS = 3.0
MOST_DISAGREEMENTS = 22
"""In some 57,000 messages."""

fragments = st.sampled_from(
    [
        "Your",
        "code",
        "is",
        "OTP",
        "123456",
        "12-34",
        "код",
        "验证码",
        "Rs",
        "5,000.00",
        "@a.com #12",
        "\n",
        ".",
        ":",
        "X1Y2",
        "٤٥٦٧",
        "\u200e",
        "%",
        "ABCDEF",
    ]
)
texts = st.one_of(
    st.text(max_size=200), st.lists(fragments, max_size=25).map(" ".join), st.lists(fragments, max_size=25).map("".join)
)


def in_ascii_digits(text: str) -> str:
    """The text as the extractor reads it: ASCII digits, nothing invisible."""
    return normalise(text, utf8=text.encode("utf-8", "replace"))[0]


@given(texts)
def test_code_stands_in_the_text(text: str) -> None:
    """A code is never made up: it is in the text once digits are normalised and separators dropped."""
    extraction = extract(text)
    if extraction.code is not None:
        assert extraction.code.translate(SEPARATORS) in in_ascii_digits(text).translate(SEPARATORS)
        assert extraction.raw in text


@given(texts)
def test_digits_of_the_code_are_ascii(text: str) -> None:
    """Whatever script the digits were in, those of the code are ASCII."""
    code = extract(text).code or ""
    assert all(character.isascii() for character in code if character.isdigit())


@given(texts, st.text(alphabet=" \t\n\r", max_size=5), st.text(alphabet=" \t\n\r", max_size=5))
def test_surrounding_blanks_change_nothing(text: str, before: str, after: str) -> None:
    """White space around the message does not change the answer."""
    assert extract(before + text + after) == extract(text)


@given(texts, st.one_of(st.none(), st.text(max_size=12)))
def test_answer_is_whole(text: str, sender: str | None) -> None:
    """Code, span and kind come together or not at all, and confidence is a probability."""
    extraction = extract(text, sender)
    assert (extraction.code is None) == (extraction.kind is None) == (not extraction.raw)
    assert 0.0 <= extraction.confidence <= 1.0
    assert extraction.reason
    assert explain(text, sender).extraction == extraction


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "12 34-",
        "a",
        "A1",
        "code ",
        "Your code is 123456 ",
        "验证码",
        "ABCD ",
        "@a.b #",
        "1.",
        "*1234",
        "Card pin ",
        "é1x",
        "Line 5 ",
        "\u200b1",
        "код 12 ",
        ":a",
        "[",
        "otp 4821 ",
        "验证码1234 ",
        "https://a.b/1",
        "e\u0301\u0316",
        "\u0327\u0301",
        "  \t",
        "é OTP LOGIN BY PAY ",
        "12.50 a ",
    ],
)
@pytest.mark.parametrize(("answer", "slack_seconds"), [(extract, 0.02), (explain, 0.05)], ids=["extract", "explain"])
def test_cost_is_linear_in_length(unit: str, answer: Callable[[str], object], slack_seconds: float) -> None:
    """Four times the text costs about four times as much, up to 64 KiB of the most awkward repetition."""
    costs = []
    for length in (LONGEST_CHARACTERS // 4, LONGEST_CHARACTERS):
        text = (unit * (length // len(unit) + 1))[:length]
        best = SLOWEST_SECONDS
        for _ in range(3):
            start = time.process_time()
            answer(text)
            best = min(best, time.process_time() - start)
        costs.append(best)
    assert costs[1] < SLOWEST_SECONDS
    assert costs[1] < 8 * costs[0] + slack_seconds


def test_quick_look_agrees_with_the_weights() -> None:
    """The short way for messages that leave no doubt answers as all the evidence would, or better: never wrongly where that is right."""
    disagreements = []
    for row in (row for part in LEARNT_FROM for row in load(part)):
        _, plain, _, bits, words = read(row.text, row.sender)
        quick = extract(row.text, row.sender)
        if quick.reason != "keyword" or quick.code == row.code:
            continue
        judgement = Judgement(plain, bits, words, ignored=0, letters_below=DEFAULT.min_score)
        best = max(judgement.scored, key=lambda item: item.score, default=None)
        weighed = best.span.code if best is not None and best.score >= DEFAULT.min_score else None
        if weighed == row.code:
            disagreements.append((row.text, quick.code))
    assert len(disagreements) <= MOST_DISAGREEMENTS, disagreements
