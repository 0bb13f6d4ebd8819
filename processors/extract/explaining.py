"""Explains a decision: every candidate with its evidence, the words that carry evidence, and why the winner won."""

from collections.abc import Iterator
from math import inf

from processors.extract.context import Word, words_beside, words_in
from processors.extract.decide import extract, letters_below, raw_span
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
    message_score = judge_message(reading[1], reading[3], reading[4]) - policy.min_score
    judgement = Judgement(
        reading[1],
        reading[3],
        reading[4],
        ignored=ignored(policy),
        letters_below=letters_below(message_score, policy),
        everything=True,
    )
    weighed = {
        one.span: (one.score, (*_common(whole, reading), *_parts(one.span, facts, reading)))
        for one, whole, facts in zip(judgement.scored, judgement.whole, judgement.facts, strict=True)
    }
    candidates = tuple(_candidate(span, weighed.get(span), reading) for span in judgement.spans)
    words = tuple(
        (word, describe(bits)) for word, bits in _as_written(words_in(reading[1], 0, len(reading[1])), reading)
    )
    why = _why(extraction, message_score, candidates, policy)
    return Explanation(extraction, message_score, candidates, words, why)


def _common(whole: tuple[Fact, ...], reading: Reading) -> Iterator[Part]:
    """Yield what the message as a whole says of any number in it."""
    told = [fact for fact in whole if fact[0] in ("message", "together")]
    extent = [fact for fact in whole if fact not in told]
    yield "any number in a message so long, with so many numbers", NUMBERS.bias + NUMBERS.weigh(extent)
    yield f"the message speaks of {spoken(reading[3])}", NUMBERS.weigh(told)
    yield "words that tell by themselves", NUMBERS.weigh_words(reading[4])


def _parts(span: Span, facts: list[Fact], reading: Reading) -> Iterator[Part]:
    """Yield the evidence on one span; the facts tell of the words beside it in their order."""
    left, right = words_beside(reading[1], span.start, span.end)
    beside = {"left": _as_written(left, reading), "right": _as_written(right, reading)}
    for fact in facts:
        side = str(fact[0]).partition(" ")[0]
        yield meaning(fact, next(beside[side])[0] if side in beside else ""), NUMBERS.weight_of(fact)


def _as_written(words: list[Word], reading: Reading) -> Iterator[tuple[str, int]]:
    """Yield words as they stand in the message, each with what it says."""
    text, _, positions, _, _ = reading
    for start, end, bits in words:
        yield raw_span(text, positions, start, end), bits


def _candidate(span: Span, weighed: tuple[float, tuple[Part, ...]] | None, reading: Reading) -> Candidate:
    text, _, positions, _, _ = reading
    score, parts = weighed or (None, ())
    raw = raw_span(text, positions, span.start, span.end)
    return Candidate(span.start, span.end, raw, span.code, span.kind, span.role, parts, score)


def _why(extraction: Extraction, message_score: float, candidates: tuple[Candidate, ...], policy: Policy) -> str:
    if extraction.kind == "origin_bound":
        return f"the last line binds the code to {extraction.service}"
    if extraction.code is not None:
        return (
            "a quick look settles it: a code and its purpose are spoken of, and one number stands right beside the word for it"
            if extraction.reason == "keyword"
            else "it has the best score, and reaches the threshold"
        )
    if extraction.reason == "policy":
        return "by the policy: it speaks of a lasting PIN or a first password, and of nothing that a passcode is for"
    scores = [candidate.score for candidate in candidates if candidate.score is not None]
    weighed = len(scores)
    if not candidates:
        return (
            "nothing in it looks like a code"
            if letters_below(message_score, policy) > -inf
            else "it holds no number, and speaks too little of a code for one of letters alone"
        )
    if not weighed:
        return "its numbers are something else, by their shape or their neighbours"
    if max(scores) >= policy.min_score:
        return "the message as a whole speaks against sending a code, whatever its numbers look like"
    return (
        "its only candidate falls short of the threshold"
        if weighed == 1
        else f"none of {weighed} candidates reaches the threshold"
    )
