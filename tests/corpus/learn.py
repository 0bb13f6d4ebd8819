"""Learns the weights of the extractor from the corpus: `make learn` rewrites `processors/extract/weights.json`.

Two logistic regressions: one over the words of each message, whether it sends a code, and one over the evidence on each number that
may be a code, whether it is. Nothing is learnt from the part `test`.
"""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import processors.extract
from processors.extract.evidence import common_facts, features, message_facts, number_facts
from processors.extract.letters import find_letters, may_hold_letters
from processors.extract.origin_bound import find_origin_bound
from processors.extract.reading import Reading, read
from processors.extract.scoring import find_weighed
from processors.extract.signals import KEYWORD
from processors.extract.spans import find_spans
from tests.corpus.measure import Row, load

TARGET: Final = Path(processors.extract.__file__).with_name("weights.json")
SHARES: Final = {"templates": 1.0, "statements": 0.4, "train": 1.0}
"""How much a message of each part counts: short statements are rarer in life than in the corpus, and repeat themselves."""
RARE_FEATURE: Final = 3
RARE_WORD: Final = 15
"""Words of fewer messages, or of fewer numbers, tell too little; they count in `train` alone, since templates repeat theirs."""
LONGEST_WORD_BYTES: Final = 24
INVERSE_REGULARISATION: Final = 1.0
TOLERANCE: Final = 1e-7
"""Stops at the optimum and not on the way to it, so that a small change of the corpus changes little."""
MOST_ITERATIONS: Final = 2000
CAUTION: Final = 0.6
"""Taken off what a number starts from, in log-odds: in life more messages hold no code than in the corpus."""
DECIMALS: Final = 3
WORD: Final = "word "

Example = tuple[str, Counter[str], bool]
"""The part that it comes from, its features, and the answer."""


def words_of(reading: Reading) -> Counter[str]:
    """Return the words of a message as features."""
    words = (word.decode("utf-8", "replace") for word in reading[4] if len(word) <= LONGEST_WORD_BYTES)
    return Counter(WORD + word for word in words)


def message_examples(part: str, row: Row, reading: Reading) -> Iterator[Example]:
    """Yield what is seen of the message as a whole, and whether it sends a code."""
    _, plain, _, bits, _ = reading
    facts = message_facts(plain, bits)
    yield part, words_of(reading) + Counter(chain.from_iterable(map(features, facts))), row.code is not None


def number_examples(part: str, row: Row, reading: Reading) -> Iterator[Example]:
    """Yield what is seen of each number, and whether it is the code."""
    _, plain, _, bits, _ = reading
    groups = [find_weighed(find_spans(plain))]
    if bits & KEYWORD and may_hold_letters(plain):
        groups.append(find_letters(plain))
    for spans in groups:
        whole = words_of(reading) + Counter(chain.from_iterable(map(features, common_facts(plain, bits, spans))))
        for number, span in enumerate(spans):
            facts = number_facts(plain, bits, spans, number)
            yield part, whole + Counter(chain.from_iterable(map(features, facts))), span.code == row.code


def learn(examples: Iterable[Example], *, caution: float = 0.0) -> dict[str, object]:
    """Return the bias and the weights that tell the answers from the features best.

    Args:
        examples: what to learn from.
        caution: taken off the bias, in log-odds.
    """
    examples = list(examples)
    frequency: Counter[str] = Counter()
    for part, counts, _ in examples:
        frequency.update(name for name in counts if part == "train" or not name.startswith(WORD))
    rare = {True: RARE_WORD, False: RARE_FEATURE}
    names = sorted(name for name, count in frequency.items() if count >= rare[name.startswith(WORD)])
    columns = {name: column for column, name in enumerate(names)}
    values, indices, starts = array("d"), array("i"), array("i", [0])
    for _, counts, _ in examples:
        known = [(columns[name], count) for name, count in counts.items() if name in columns]
        indices.extend(column for column, _ in known)
        values.extend(count for _, count in known)
        starts.append(len(indices))
    matrix = csr_matrix((values, indices, starts), shape=(len(examples), len(names)))
    model = LogisticRegression(C=INVERSE_REGULARISATION, tol=TOLERANCE, max_iter=MOST_ITERATIONS)
    model.fit(matrix, [answer for *_, answer in examples], sample_weight=[SHARES[part] for part, *_ in examples])
    rounded = {name: round(float(weight), DECIMALS) for name, weight in zip(names, model.coef_[0], strict=True)}
    weights = {name: weight for name, weight in rounded.items() if weight}
    return {
        "bias": round(float(model.intercept_[0]) - caution, DECIMALS),
        "features": {name: weight for name, weight in weights.items() if not name.startswith(WORD)},
        "words": {name.removeprefix(WORD): weight for name, weight in weights.items() if name.startswith(WORD)},
    }


def main() -> None:
    """Learn from all that is there to learn from, and write what was learnt."""
    told = [(part, row, read(row.text, row.sender)) for part in SHARES for row in load(part)]
    told = [one for one in told if not find_origin_bound(one[2][1])]
    learnt = {
        "messages": learn(example for one in told for example in message_examples(*one)),
        "numbers": learn((example for one in told for example in number_examples(*one)), caution=CAUTION),
    }
    TARGET.write_text(json.dumps(learnt, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
