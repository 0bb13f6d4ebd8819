"""A memory of wordings never answers other than the extractor itself."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extract import extract
from processors.extract.recall import Recall

CORPUS = Path(__file__).parents[3] / "corpus"
MESSAGES = [
    json.loads(line) for part in ("train", "test") for line in (CORPUS / f"{part}.jsonl").read_text().splitlines()
]
NUMBER = re.compile("(?<![0-9])(?:[0-9]{5,7}|[0-9]{3}-[0-9]{3})(?![0-9])")


def exchanged(text: str, rng: random.Random) -> str:
    """Put other digits in the place of the first number that a memory would leave out."""
    return NUMBER.sub(lambda number: re.sub("[0-9]", lambda _: str(rng.randrange(10)), number[0]), text, count=1)


def exchanged_everywhere(text: str, rng: random.Random) -> str:
    """Put other digits in every place of the first number, with its dash and without."""
    number = NUMBER.search(text)
    if number is None:
        return text
    old = number[0].replace("-", "")
    new = "".join(str(rng.randrange(10)) for _ in old)
    dashed = f"{new[:3]}-{new[3:]}" if "-" in number[0] else new
    return text.replace(number[0], dashed).replace(old, new)


def exchanged_in_another_form(text: str, rng: random.Random) -> str:
    """Put two groups of three in the place of the first number, or seven digits in the place of two groups."""
    return NUMBER.sub(
        lambda number: (
            str(rng.randrange(10**6, 10**7))
            if "-" in number[0]
            else f"{rng.randrange(1000):03}-{rng.randrange(1000):03}"
        ),
        text,
        count=1,
    )


@pytest.mark.parametrize("exchange", [exchanged, exchanged_everywhere, exchanged_in_another_form])
@pytest.mark.parametrize("seed", range(2))
def test_the_whole_corpus_is_answered_as_without_a_memory(
    seed: int, exchange: Callable[[str, random.Random], str]
) -> None:
    """Each wording is learnt from one number and asked for with others: answer by answer what the extractor says."""
    rng, recall = random.Random(seed), Recall()
    for message in MESSAGES:
        text, sender = message["text"], message.get("sender") or ""
        recall.extract(text, sender)
        other = exchange(text, rng)

        assert extract(other, sender) == recall.extract(other, sender), other


def test_a_number_that_stands_twice_is_one_number() -> None:
    """A code that is repeated in a link, with its dash or without, is read like the first one of its wording."""
    recall = Recall()
    for code in ("123-456", "907-118"):
        text = f"Your WhatsApp code: {code}. Or tap v.whatsapp.com/{code.replace('-', '')}"

        assert recall.extract(text, "WhatsApp") == extract(text, "WhatsApp")
        assert recall.extract(text, "WhatsApp").code == code.replace("-", "")


@given(st.lists(st.tuples(st.sampled_from(MESSAGES), st.integers()), max_size=30))
def test_a_full_memory_begins_anew(drawn: list[tuple[dict[str, str], int]]) -> None:
    """Whatever is remembered or forgotten, in any order, the answers stay."""
    recall = Recall(capacity=3)
    for message, seed in drawn:
        text = exchanged(message["text"], random.Random(seed))

        assert extract(text, "") == recall.extract(text, "")


def test_a_number_that_the_sender_goes_by_is_not_exchanged_for_a_code() -> None:
    """A wording learnt from a code answers nothing for the sender's own digits in its place, and the other way round."""
    for first, second in (("57575", "48291"), ("48291", "57575")):
        recall = Recall()
        for number in (first, second):
            text = f"Your code is {number}"

            assert recall.extract(text, "57575") == extract(text, "57575")


def test_a_brand_prefix_stays_out_of_the_code_and_in_the_raw_span() -> None:
    """`G-` is no part of any code, first seen or remembered."""
    recall = Recall()
    answers = [recall.extract(f"G-{code} is your Google verification code.", "Google") for code in ("843291", "100007")]

    assert [(one.code, one.raw) for one in answers] == [
        (one.code, one.raw)
        for one in map(
            extract, ("G-843291 is your Google verification code.", "G-100007 is your Google verification code.")
        )
    ]
