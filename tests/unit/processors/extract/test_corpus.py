"""The extractor keeps its promised accuracy on the test part of our corpus."""

import json
from itertools import combinations

import pytest

from tests.corpus import generate
from tests.corpus.measure import DOCUMENT, HERE, PARTS, Row, documented, group_of, load, measure, table, trap_of

RECALL_MIN = 0.985
WRONG_MAX = 0.003
FALSE_MAX = 0.003


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return list(load("test"))


def test_accuracy_on_the_test_part(rows: list[Row]) -> None:
    """Recall, wrong codes and false positives stay within the published bounds over the whole test part."""
    print(table(rows, group_of, "language group"), table(rows, trap_of, "trap"), sep="\n\n")
    score = measure(rows)
    assert score.recall >= RECALL_MIN
    assert score.wrong_rate <= WRONG_MAX
    assert score.false_rate <= FALSE_MAX


def test_every_language_is_read(rows: list[Row]) -> None:
    """No language is given up for the average: each has at least nine in ten of its codes read."""
    by_language: dict[str, list[Row]] = {}
    for row in rows:
        by_language.setdefault(row.language, []).append(row)
    assert len(by_language) >= 70
    assert {
        language: measure(group).recall for language, group in by_language.items() if measure(group).recall < 0.9
    } == {}


@pytest.mark.parametrize("part", ["train", "test", "sealed", "unseen"])
def test_corpus_is_what_the_generator_makes(part: str) -> None:
    """The committed corpus is reproducible from its templates."""
    lines = (HERE / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(generate.compose(part))


def test_parts_share_no_template() -> None:
    """Each part asks with other wordings than the others."""
    templates = {
        part: {
            line.split("|", 2)[2].strip()
            for line in (HERE / "templates" / f"{part}.txt").read_text(encoding="utf-8").splitlines()
            if line[:1] not in {"", "#"}
        }
        for part in generate.VARIANTS
    }
    shared = [(one, other, templates[one] & templates[other]) for one, other in combinations(templates, 2)]
    assert [pair for pair in shared if pair[2]] == []


def test_parts_share_no_message() -> None:
    """What is counted unread stands in no part that is mended for."""
    texts = {part: {row.text for row in load(part)} for part in PARTS}
    assert [part for part in PARTS if part != "blind" and texts[part] & texts["blind"]] == []
    assert [part for part in PARTS if part != "unseen" and texts[part] & texts["unseen"]] == []


def test_document_shows_what_is_measured() -> None:
    """The tables of docs/extraction.md are those of this extractor (`python -m tests.corpus.measure docs` writes them)."""
    text = DOCUMENT.read_text(encoding="utf-8")
    assert documented(text) == text
