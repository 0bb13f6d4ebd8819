"""The extractor keeps its promised accuracy on the test part of our corpus."""

import json
import re

import pytest

from tests.corpus import generate
from tests.corpus.measure import (
    DOCUMENT,
    HERE,
    LEARNT_FROM,
    PARTS,
    Row,
    documented,
    group_of,
    kind_of,
    load,
    measure,
    table,
)

RECALL_MIN = 0.985
WRONG_MAX = 0.003
FALSE_MAX = 0.003
LANGUAGES_MIN = 70
TELLING = 20
"""A language with fewer codes than this proves little by missing one."""
NO_LETTER = re.compile(r"[\W\d_]+")


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return list(load("test"))


def test_accuracy_on_the_test_part(rows: list[Row]) -> None:
    """Recall, wrong codes and false positives stay within the published bounds over the whole test part."""
    print(table(rows, group_of, "language group"), table(rows, kind_of, "kind of message"), sep="\n\n")
    score = measure(rows)
    assert score.recall >= RECALL_MIN
    assert score.wrong_rate <= WRONG_MAX
    assert score.false_rate <= FALSE_MAX


def test_every_language_is_read(rows: list[Row]) -> None:
    """No language is given up for the average: each has at least nine in ten of its codes read."""
    by_language: dict[str, list[Row]] = {}
    for row in rows:
        by_language.setdefault(row.language, []).append(row)
    assert len(by_language) >= LANGUAGES_MIN
    told = {language: measure(group) for language, group in by_language.items()}
    assert {
        language: score for language, score in told.items() if score.positives >= TELLING and score.recall < 0.9
    } == {}


def test_templates_are_filled_in_as_committed() -> None:
    """The committed part is reproducible from its templates."""
    lines = (HERE / "templates.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(generate.compose())


def test_the_test_part_is_not_learnt_from() -> None:
    """No message of the test part stands in a part that the weights are learnt from, whatever its digits, signs, blanks and case."""
    letters = {part: {NO_LETTER.sub("", row.text).lower() for row in load(part)} for part in PARTS}
    for part in LEARNT_FROM:
        assert not letters["test"] & letters[part]


def test_document_shows_what_is_measured() -> None:
    """The tables of docs/extraction.md are those of this extractor (`python -m tests.corpus.measure docs` writes them)."""
    text = DOCUMENT.read_text(encoding="utf-8")
    assert documented(text) == text
