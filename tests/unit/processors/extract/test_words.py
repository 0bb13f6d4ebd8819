"""The lines of words.tsv are what the lexicon can read, and words are found in whatever form they stand."""

import re
from importlib.resources import files

import pytest

from processors.extract.lexicon import LEXICON, bits_of

CUT_AT = re.compile(r"[\x00-\x40\x5b-\x60\x7b-\x7f]")
"""What no word can hold: texts are cut there before words are looked up."""
APOSTROPHE = re.compile(r"(?<=[\u0370-\U0010ffff])'(?=[\u0370-\U0010ffff])")
"""A letter between letters of other scripts than the Latin one."""
LINES = (files("processors.extract") / "words.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_each_line_names_kinds_a_language_and_stems(line: str) -> None:
    """Three fields; the kinds exist; a star stands at an end alone, with enough letters beside it to mean something."""
    kinds, language, stems = line.split("\t")
    bits_of(kinds)
    assert language
    for stem in stems.split():
        letters = APOSTROPHE.sub("", stem.removeprefix("*").removesuffix("*"))
        assert len(letters) > stem.count("*")
        assert not CUT_AT.search(letters), stem


def test_each_kind_and_language_has_one_line() -> None:
    """A reader finds the words of a kind in one place."""
    keys = [tuple(line.split("\t")[:2]) for line in LINES]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("OTP", "strong"),
        ("CÓDIGO", "code"),
        ("codigo", "code"),
        ("Bestätigungscode", "code+auth"),
        ("verification", "auth"),
        ("ভেরিফিকেশন", "auth"),
        ("您的验证码", "strong"),
        ("والرمز", "code"),
        ("tomato", "neutral"),
    ],
)
def test_words_are_found_in_every_form(word: str, kinds: str) -> None:
    """Case, diacritics, compounds, proclitics and scripts without spaces hide no stem."""
    assert LEXICON.classify(word) & bits_of(kinds) == bits_of(kinds)
    assert kinds != "neutral" or LEXICON.classify(word) == 0
