"""The evidence on a number is that of its own sentence, and never its digits."""

import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extract.context import sentence
from processors.extract.evidence import Fact, features, number_facts
from processors.extract.reading import read
from processors.extract.scoring import find_weighed
from processors.extract.spans import find_spans
from processors.extract.weighing import NUMBERS
from tests.corpus.measure import load

MESSAGES = [row.text for row in load("train")][::7]
LEARNT = json.loads((files("processors.extract") / "weights.json").read_text(encoding="utf-8"))["numbers"]["features"]


def facts_of(text: str) -> list[list[Fact]]:
    """The facts of each number that may be the code, without those of the whole message."""
    _, plain, _, bits, _ = read(text, None)
    spans = find_weighed(find_spans(plain))
    return [number_facts(plain, bits, spans, number) for number in range(len(spans))]


def features_of(text: str) -> list[list[str]]:
    """What those facts come to."""
    return [[name for fact in facts for name in features(fact)] for facts in facts_of(text)]


@pytest.mark.parametrize("text", MESSAGES[::7])
def test_digits_do_not_count(text: str) -> None:
    """Other digits in the place of a number of five to seven leave the evidence as it is."""
    other = re.sub("(?<![0-9])[0-9]{5,7}(?![0-9])", lambda number: "7" * len(number[0]), text)
    assert features_of(other) == features_of(text)


def test_words_count_by_side_distance_and_meaning() -> None:
    """A word stands before or after the number, nearer or farther off, and what it says comes with it."""
    (facts,) = facts_of("Your OTP is 482913 for login")
    places = {str(fact[0]) for fact in facts}
    assert {"left 0", "right 2"} <= places
    assert any(name.startswith("left") and name.endswith("strong") for fact in facts for name in features(fact))


@pytest.mark.parametrize("stop", [". ", "! ", "\n", "。", "؟ "])
def test_other_sentences_do_not_count_by_place(stop: str) -> None:
    """What another sentence says stands neither before nor after the number; the message as a whole knows of it."""
    alone, beside = facts_of("Code 482913"), facts_of(f"Never share your password{stop}Code 482913")
    words = [
        [fact for fact in facts if str(fact[0]).startswith(("left", "right", "noun"))] for (facts,) in (alone, beside)
    ]
    assert words[0] == words[1]


def test_a_full_stop_after_a_short_word_ends_no_sentence() -> None:
    """`No. 12` goes on, and `your PIN. Do not` does not."""
    text = "Ref No. 482913 and your PIN. Do not share"
    opening, closing = sentence(text, 8, 14)
    assert text[opening:closing] == "Ref No. 482913 and your PIN"


@given(st.sampled_from(MESSAGES))
def test_every_fact_weighs_what_its_features_were_learnt_to(text: str) -> None:
    """A fact comes to the sum of its features' weights; the second time, from memory, too."""
    for facts in facts_of(text):
        learnt = [sum(LEARNT.get(name, 0.0) for name in features(fact)) for fact in facts]
        for _ in range(2):
            assert [NUMBERS.weight_of(fact) for fact in facts] == learnt
