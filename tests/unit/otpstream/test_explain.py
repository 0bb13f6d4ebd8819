"""What `otpstream explain` prints agrees with what the extractor answers, and keeps the terminal whole."""

import re
from io import StringIO

import pytest
from rich.console import Console

from otpstream.explain import report
from processors.extract import extract
from tests.corpus.measure import load

MESSAGES = list(load("train"))[::997]
REACHES = re.compile(r"[+-]\d+\.\d +reaches the threshold *\n")
FALLS_SHORT = re.compile(r"[+-]\d+\.\d +stays below the threshold *\n")


def shown(text: str, sender: str | None = None) -> str:
    """The report as a very wide terminal shows it: nothing wraps."""
    out = StringIO()
    Console(file=out, width=2000, force_terminal=False).print(report(text, sender))
    return out.getvalue()


@pytest.mark.parametrize("number", range(len(MESSAGES)))
def test_report_says_what_the_extractor_answers(number: int) -> None:
    """The code and the reason, or silence and its reason; and no sum contradicts them unsaid."""
    row = MESSAGES[number]
    found = extract(row.text, row.sender)
    told = shown(row.text, row.sender)
    assert (found.code or "no code") in told
    assert f"({found.reason})" in told
    if found.code is None:
        assert not REACHES.search(told)
    else:
        assert not FALLS_SHORT.search(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("PIN for your new card is 4829", "(policy)"),
        ("Confirm at https://t.me/login/83921 or use Telegram login code 83921", "Why 83921"),
        ("+482913 is it. Login code 482913", "Why 482913"),
        ("code 12\u202e34 and login", "1234"),
    ],
)
def test_awkward_answers_are_explained(text: str, told: str) -> None:
    """What the policy leaves out, a code whose digits stand elsewhere as something else, marks within a number."""
    assert told in shown(text)
    assert "\u202e" not in shown(text)


def test_endless_numbers_are_cut() -> None:
    """A text of thousands of amounts shows some of them."""
    assert len(shown("12.50 a " * 5000).splitlines()) < 60


def test_other_numbers_are_told_what_speaks_against_them() -> None:
    """Not what the message adds to each number alike."""
    told = shown("Ref 99182. Your code for card 4417 is 482913, valid for 5 minutes")
    others = told.partition("Other numbers")[2]
    assert "99182" in others
    assert "in a message so long" not in others


def test_terminal_sequences_are_not_passed_on() -> None:
    """A message cannot set the title of the terminal that explains it."""
    assert "\x1b" not in shown("Your code\x1b]0;title\x07 is 482913")
    assert "\x1b" not in shown("[A\x1b[2Jb] Your code is 482913")


def test_long_messages_stay_readable() -> None:
    """The words that count are cut where nobody reads on."""
    assert len(shown("your code 482913 " * 3000).partition("Words that count")[2].splitlines()) < 40


@pytest.mark.parametrize("text", ["", "   ", "\n", "٤٨٢٩١٣", "\u202e482913"])
def test_odd_messages_are_explained(text: str) -> None:
    """Nothing, blanks, digits alone, direction marks."""
    assert (extract(text).code or "no code") in shown(text)
