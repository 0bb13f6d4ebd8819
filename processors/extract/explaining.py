"""Explains a decision: every candidate with its evidence, the words that carry evidence, and why the winner won."""

from collections.abc import Iterator
from typing import NamedTuple

from processors.extract.context import Context
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
    context = Context(reading[1])
    weighed = {
        one.span: (one.score, (*_common(whole, reading), *_parts(one.span, facts, context, reading)))
        for one, whole, facts in zip(judgement.scored, judgement.whole, judgement.facts, strict=True)
    }
    candidates = tuple(_candidate(span, weighed.get(span), reading) for span in judgement.spans)
    words = tuple((word.raw, describe(word.bits)) for word in _words(context, reading, 0, len(context.text)))
    why = _why(extraction, candidates, policy)
    return Explanation(extraction, message_score, candidates, words, why)


def _common(whole: tuple[Fact, ...], reading: Reading) -> Iterator[Part]:
    """Yield what the message as a whole says of any number in it."""
    weights = {str(fact[0]): NUMBERS.weight_of(fact) for fact in whole}
    yield "any number in a message so long, with so many numbers", NUMBERS.bias + weights.get("extent", 0.0)
    yield f"the message speaks of {spoken(reading[3])}", weights.get("message", 0.0) + weights.get("together", 0.0)
    yield "words that tell by themselves", NUMBERS.weigh_words(reading[4])


def _parts(span: Span, facts: list[Fact], context: Context, reading: Reading) -> Iterator[Part]:
    """Yield the evidence on one span; the facts tell of the words around it in their order."""
    sentence = context.sentence(span.start, span.end)
    words = list(_words(context, reading, sentence.start, sentence.end))
    around = {
        "left": (word for word in reversed(words) if word.start < span.start),
        "right": (word for word in words if word.start >= span.end),
    }
    for fact in facts:
        side = str(fact[0]).partition(" ")[0]
        yield meaning(fact, next(around[side]).raw if side in around else ""), NUMBERS.weight_of(fact)


class _Word(NamedTuple):
    start: int
    raw: str
    bits: int


def _words(context: Context, reading: Reading, start: int, end: int) -> Iterator[_Word]:
    text, _, positions, _, _ = reading
    for opening, closing, bits in zip(*context.words(start, end), strict=True):
        yield _Word(opening, raw_span(text, positions, opening, closing), bits)


def _candidate(span: Span, weighed: tuple[float, tuple[Part, ...]] | None, reading: Reading) -> Candidate:
    text, _, positions, _, _ = reading
    score, parts = weighed or (None, ())
    raw = raw_span(text, positions, span.start, span.end)
    return Candidate(span.start, span.end, raw, span.code, span.kind, span.role, parts, score)


def _why(extraction: Extraction, candidates: tuple[Candidate, ...], policy: Policy) -> str:
    if extraction.kind == "origin_bound":
        return f"the last line binds the code to {extraction.service}"
    if extraction.code is not None:
        return (
            "a quick look settles it: the message sends a code, and one number stands right beside the word for it"
            if extraction.reason == "keyword"
            else "it has the best score, and reaches the threshold"
        )
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
