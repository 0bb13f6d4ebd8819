"""Explains a decision: every candidate with its evidence, the words that carry evidence, and why the winner won."""

from processors.extract.context import STOP, Context
from processors.extract.decide import extract, raw_span, score_all
from processors.extract.lexicon import describe
from processors.extract.model import DEFAULT, Candidate, Explanation, Extraction, Policy
from processors.extract.reading import read
from processors.extract.roles import Span
from processors.extract.scoring import Scored, score_message

_ALL_WORDS = (1 << 30) - 1  # what `signals` names; above are the marks of `context`


def explain(text: str, sender: str | None = None, policy: Policy = DEFAULT) -> Explanation:
    """Explain a decision: every candidate with its features and score, and why the winner won or nobody did.

    Args:
        text: the message as received.
        sender: the sender's name or number where known.
        policy: what counts as a one-time passcode.

    Returns:
        The same extraction as `extract`, with the evidence; the positions of candidates count from the first
        character of the normalised message.
    """
    extraction = extract(text, sender, policy)
    text, plain, positions, bits, blanked = read(text, sender)
    scored, spans = score_all(plain, blanked, bits, policy, everything=True)
    by_span = {item.span: item for item in scored}
    candidates = tuple(_candidate(span, by_span.get(span), raw_span(text, positions, *span[:2])) for span in spans)
    return Explanation(
        extraction,
        candidates,
        score_message(bits),
        _words(text, plain, positions, blanked),
        _why(extraction, candidates),
    )


def _words(text: str, plain: str, positions: list[int] | None, blanked: bytes) -> tuple[tuple[str, str], ...]:
    return tuple(
        (raw_span(text, positions, event.start, event.end), describe(event.bits & _ALL_WORDS))
        for event in Context(plain, blanked).events
        if not event.bits & STOP
    )


def _candidate(span: Span, scored: Scored | None, raw: str) -> Candidate:
    features = tuple(scored.trace) if scored else ()
    score = round(scored.score, 3) if scored else None
    return Candidate(span.start, span.end, raw, span.code, span.kind, span.role, features, score)


def _why(extraction: Extraction, candidates: tuple[Candidate, ...]) -> str:
    if extraction.kind == "origin_bound":
        return f"the last line binds the code to {extraction.service}"
    if extraction.code is not None:
        return (
            "a quick look settles it: the words beside it leave no doubt"
            if extraction.reason == "keyword"
            else "it has the best score, and reaches the threshold"
        )
    weighed = sum(candidate.score is not None for candidate in candidates)
    if not weighed:
        return "nothing in it looks like a code"
    return (
        "its only candidate falls short of the threshold"
        if weighed == 1
        else f"none of {weighed} candidates reaches the threshold"
    )
