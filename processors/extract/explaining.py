"""Explains a decision: every candidate with its evidence, the words that carry evidence, and why the winner won."""

from collections.abc import Iterator
from typing import Final

from processors.extract.context import Word, all_words, words_beside
from processors.extract.decide import extract, raw_span
from processors.extract.evidence import Fact
from processors.extract.lexicon import describe
from processors.extract.meanings import meaning, spoken
from processors.extract.model import DEFAULT, Candidate, Explanation, Extraction, Policy
from processors.extract.policies import ignored, under
from processors.extract.reading import Reading, read
from processors.extract.roles import Span
from processors.extract.scoring import Judgement, judge_message
from processors.extract.weighing import NUMBERS

Part = tuple[str, float]
"""A piece of evidence in words, and what it weighs."""

_WINS: Final = {
    "keyword": "a quick look settles it: the message sends a code, and one number stands right beside the word for it",
    "only_number": "a quick look settles it: the message surely sends a code, and this is the only number that can be it",
}


def explain(text: str, sender: str | None = None, policy: Policy = DEFAULT) -> Explanation:
    """Explain a decision: every candidate with its evidence and score, and why the winner won or nobody did.

    Args:
        text: the message as received.
        sender: the sender's name or number where known.
        policy: what counts as a one-time passcode.

    Returns:
        The same extraction as `extract`, with the evidence; the positions of candidates count from the first
        character of the normalised message.
    """
    extraction = extract(text, sender, policy)
    reading = under(policy, read(text, sender))
    judgement = Judgement(
        reading[1],
        reading[3],
        reading[4],
        ignored=ignored(policy),
        letters_below=policy.min_score,
        everything=True,
    )
    message_score = judge_message(reading[1], reading[3], reading[4]) - policy.min_score
    weighed = {
        one.span: (one.score, (*_common(whole, reading), *_parts(one.span, facts, reading)))
        for one, whole, facts in zip(judgement.scored, judgement.whole, judgement.facts, strict=True)
    }
    candidates = tuple(_candidate(span, weighed.get(span), reading) for span in judgement.spans)
    words = tuple((word, describe(bits)) for word, bits in _spoken(all_words(reading[1]), reading))
    why = _why(extraction, candidates, policy)
    return Explanation(extraction, message_score, candidates, words, why)


def _common(whole: tuple[Fact, ...], reading: Reading) -> Iterator[Part]:
    """Yield what the message as a whole says of any number in it."""
    extent = sum(NUMBERS.weight_of(fact) for fact in whole if fact[0] == "extent")
    yield "any number in a message so long, with so many numbers", NUMBERS.bias + extent
    yield f"the message speaks of {spoken(reading[3])}", NUMBERS.weigh(fact for fact in whole if fact[0] != "extent")
    yield "words that tell by themselves", NUMBERS.weigh_words(reading[4])


def _parts(span: Span, facts: list[Fact], reading: Reading) -> Iterator[Part]:
    """Yield the evidence on one span; the facts tell of the words beside it in their order."""
    left, right = words_beside(reading[1], span.start, span.end)
    beside = {"left": _spoken(left, reading), "right": _spoken(right, reading)}
    for fact in facts:
        side = str(fact[0]).partition(" ")[0]
        yield meaning(fact, next(beside[side])[0] if side in beside else ""), NUMBERS.weight_of(fact)


def _spoken(words: list[Word], reading: Reading) -> Iterator[tuple[str, int]]:
    """Yield words as they stand in the message, each with what it says."""
    text, _, positions, _, _ = reading
    for start, end, bits in words:
        yield raw_span(text, positions, start, end), bits


def _candidate(span: Span, weighed: tuple[float, tuple[Part, ...]] | None, reading: Reading) -> Candidate:
    text, _, positions, _, _ = reading
    score, parts = weighed or (None, ())
    raw = raw_span(text, positions, span.start, span.end)
    return Candidate(span.start, span.end, raw, span.code, span.kind, span.role, parts, score)


def _why(extraction: Extraction, candidates: tuple[Candidate, ...], policy: Policy) -> str:
    if extraction.kind == "origin_bound":
        return f"the last line binds the code to {extraction.service}"
    if extraction.code is not None:
        return _WINS.get(extraction.reason, "it has the best score, and reaches the threshold")
    scores = [candidate.score for candidate in candidates if candidate.score is not None]
    weighed = len(scores)
    if not candidates:
        return "nothing in it looks like a code"
    if not weighed:
        return "its numbers are something else, by their shape or their neighbours"
    if max(scores) >= policy.min_score:
        return "the message as a whole speaks against sending a code, whatever its numbers look like"
    return (
        "its only candidate falls short of the threshold"
        if weighed == 1
        else f"none of {weighed} candidates reaches the threshold"
    )
