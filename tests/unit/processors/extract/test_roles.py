"""What stands right beside a number tells its role, and all of it that tells is looked at."""

from itertools import product

import pytest

from processors.extract.roles import (
    CODE_ROLE,
    COUNTED_ROLE,
    PRICED_ROLE,
    is_currency_next,
    is_quantity_next,
    numeric_role,
)

NUMBER = "1234"
GAPS = ("", " ", ".", ", ", "- ", ",- ", "5", "s")
WORDS = ("followers", "calories", "балл", "pts", "теңге", "dollars", "рублей", "dollarsign", "код", "")


@pytest.mark.parametrize("word", WORDS)
def test_role_is_the_same_however_much_text_follows(word: str) -> None:
    """A number is priced or counted just where the whole text after it says so, however long that is."""
    for gap, end_of_word, more in product(GAPS, GAPS, ("", "followers of dollars")):
        after = gap + word + end_of_word + more
        text, end = NUMBER + after, len(NUMBER)
        counted = COUNTED_ROLE if is_quantity_next(text, end) else CODE_ROLE
        expected = PRICED_ROLE if is_currency_next(text, end) else counted

        assert numeric_role(text, 0, end, NUMBER, "", after[:1]) == expected, text
