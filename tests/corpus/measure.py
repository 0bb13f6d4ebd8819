"""Measures the extractor on the corpus: recall, wrong codes and false positives by language group and by kind of message.

Run as `python -m tests.corpus.measure [templates|statements|train|test]` it prints the tables of one part; as
`python -m tests.corpus.measure docs` it writes those of `docs/extraction.md`.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from processors.extract import extract

HERE: Final = Path(__file__).parent
LEARNT_FROM: Final = ("templates", "statements", "train")
PARTS: Final = (*LEARNT_FROM, "test")
DOCUMENT: Final = HERE.parents[1] / "docs" / "extraction.md"
_MEASURED: Final = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

_GROUPS: Final = {
    "English": "en",
    "Romance": "es pt fr it ro ca gl ht",
    "Germanic and Nordic": "de nl sv da no is fo fi et af lb",
    "Baltic, Slavic (Latin), Hungarian": "lv lt pl cs sk hu sl hr bs",
    "Cyrillic": "ru uk be bg mk sr kk ky tg mn tt",
    "Turkic (Latin), Albanian, Basque, Celtic, Maltese, Kurdish": "tr az uz tk ku sq eu mt cy ga",
    "Greek, Armenian, Georgian, Hebrew": "el hy ka he",
    "Arabic script, Thaana": "ar fa ur ps ckb sd ug dv",
    "Indic, Tibetan": "hi mr ne bn as gu pa or ta te kn ml si bo dz",
    "Chinese, Japanese, Korean": "zh zh-tw ja ko",
    "South-East Asian and Pacific": "th lo km my vi id ms tl jv su ceb tet tpi fj sm to",
    "African": "sw ha yo ig zu xh st tn sn ny am ti om so rw mg ln wo",
}
_GROUP_OF: Final = {language: group for group, languages in _GROUPS.items() for language in languages.split()}


class Row(NamedTuple):
    """One labelled message."""

    text: str
    sender: str | None
    code: str | None
    language: str
    trap: str


class Score(NamedTuple):
    """Counts over a set of messages."""

    positives: int
    negatives: int
    right: int
    wrong: int
    false: int

    @property
    def recall(self) -> float:
        """Share of the messages with a code whose code was read right."""
        return self.right / self.positives if self.positives else 1.0

    @property
    def wrong_rate(self) -> float:
        """Share of the messages with a code for which another one was returned."""
        return self.wrong / self.positives if self.positives else 0.0

    @property
    def false_rate(self) -> float:
        """Share of the messages without a code for which one was returned."""
        return self.false / self.negatives if self.negatives else 0.0


def load(part: str) -> Iterator[Row]:
    """Yield the messages of one part of the corpus."""
    with (HERE / f"{part}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield Row(**json.loads(line))


def measure(rows: Iterable[Row]) -> Score:
    """Return how the extractor does on the messages."""
    counts = [0, 0, 0, 0, 0]
    for row in rows:
        code = extract(row.text, row.sender).code
        if row.code is None:
            counts[1] += 1
            counts[4] += code is not None
        else:
            counts[0] += 1
            counts[2] += code == row.code
            counts[3] += code is not None and code != row.code
    return Score(*counts)


def table(rows: Iterable[Row], key: Callable[[Row], str], title: str) -> str:
    """Return a Markdown table of the scores of the messages grouped by a key."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    lines = [f"| {title} | with a code | without | recall | wrong | false |", "|---|---:|---:|---:|---:|---:|"]
    everything = [row for group in groups.values() for row in group]
    for name, group in [*sorted(groups.items()), ("**all**", everything)]:
        score = measure(group)
        lines.append(f"| {name} | {score.positives} | {score.negatives} | {shares(score)} |")
    return "\n".join(lines)


def shares(score: Score) -> str:
    """Return recall, wrong and false as cells of a table; a dash where there is nothing to take a share of."""
    of_codes = f"{score.recall:.2%} | {score.wrong_rate:.2%}" if score.positives else "– | –"
    return f"{of_codes} | {score.false_rate:.2%}" if score.negatives else f"{of_codes} | –"


def group_of(row: Row) -> str:
    """Return the language group of a message."""
    if row.language.endswith("-latn"):
        return "Transliterated"
    return _GROUP_OF.get(row.language, "Others")


def kind_of(row: Row) -> str:
    """Return what kind of message it is; in the templates, the trap that it sets."""
    return row.trap


def parts_table(parts: Iterable[str]) -> str:
    """Return a Markdown table of the scores of whole parts of the corpus."""
    lines = ["| part | with a code | without | recall | wrong | false |", "|---|---:|---:|---:|---:|---:|"]
    for part in parts:
        score = measure(load(part))
        lines.append(f"| `{part}` | {score.positives} | {score.negatives} | {shares(score)} |")
    return "\n".join(lines)


def documented(text: str) -> str:
    """Return the document with its measured tables written anew."""
    rows = list(load("test"))
    tables = {
        "groups": table(rows, group_of, "language group"),
        "kinds": table(rows, kind_of, "kind of message"),
        "parts": parts_table(PARTS),
    }
    return _MEASURED.sub(lambda match: f"{match[1]}\n{tables[match[2]]}\n\n{match[3]}", text)


def main() -> None:
    """Print both tables of one part, or write the document's."""
    part = sys.argv[1] if len(sys.argv) > 1 else "test"
    if part == "docs":
        DOCUMENT.write_text(documented(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
        return
    rows = list(load(part))
    print(table(rows, group_of, "language group"), table(rows, kind_of, "kind of message"), sep="\n\n")


if __name__ == "__main__":
    main()
