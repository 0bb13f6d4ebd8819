"""Decides which span of a message, if any, is its one-time passcode."""

import re
from functools import partial, reduce
from math import exp
from operator import attrgetter, or_
from typing import Final, NamedTuple

from processors.extract.compounds import names_another_kind
from processors.extract.context import Context
from processors.extract.labels import Trace
from processors.extract.letters import find_letters, may_hold_letters
from processors.extract.lexicon import LEXICON, WORD_BYTES
from processors.extract.model import DEFAULT, Candidate, Explanation, Extraction, Policy
from processors.extract.naming import find_service
from processors.extract.normalise import normalise
from processors.extract.origin_bound import find_origin_bound
from processors.extract.plain import find_grouped, find_labelled, find_plain
from processors.extract.roles import CODE_ROLE, Span
from processors.extract.scoring import score_message, score_span, speaks_of_card_pin
from processors.extract.signals import (
    ACCT,
    AGAINST,
    AUTH,
    CARDPIN,
    CODE,
    DATE,
    DONE,
    FIRST,
    INITIAL,
    LABEL,
    LOTTERY,
    MONEY,
    OLD,
    OTHER,
    PICKUP,
    PROMO,
    RECEIPT,
    REF,
    SECRET,
    SENDBACK,
    SOURCE,
    STRONG,
    THING,
    USE,
    VALID,
    WITH,
)
from processors.extract.spans import find_spans
from processors.extract.validity import find_validity
from processors.extract.weights import OTHER_KIND_OF_CODE, SOLE

_KEYWORD: Final = CODE | STRONG
_DOUBTFUL: Final = AGAINST | DATE
_OTHER_CODES: Final = PROMO | PICKUP | LOTTERY | OTHER | SENDBACK | OLD | RECEIPT | CARDPIN
_ASKING: Final = LABEL | USE | WITH
_TELLING: Final = MONEY | REF | PROMO | PICKUP | LOTTERY | DONE | RECEIPT
_PROVES: Final = AUTH | STRONG | SECRET | VALID
_OUTRANKED: Final = PICKUP | OTHER
"""What a word like OTP beside the number outranks."""
_CLEAR_SCORE: Final = 3.0  # a number that scores so high leaves no room for a code of letters alone
_KEYWORD_CONFIDENCE: Final = 0.99
_NO_CANDIDATE_CONFIDENCE: Final = 0.95

_SOURCE_CODE: Final = re.compile(
    r"\b(?:def|const|let|var|int) \w{1,30} ?[=(]|\bprint\(|\bSELECT\b.{1,60}\bFROM\b|\bcurl -|\b(?:if|return) ?\(|=>|=="
)

# A code of digits alone, told in a sentence of its own.
_STATED_CODE: Final = re.compile(r"\b[Yy]our(?: [A-Z]\w{1,20})? code(?: is|:) ?[0-9]{4,8}(?:[.!,;]| [-–—])")
_bits_of = LEXICON.__getitem__
_build = partial(tuple.__new__, Extraction)  # a third of the price of calling the class
_score_of = attrgetter("score")

_WINS: Final = {
    "label_otp": "otp_label",
    "label_code": "code_label",
    "right_label": "label_after",
    "label_verification": "verification_label",
    "use_label": "instruction",
    "with_label": "instruction",
}
_SILENCES: Final = (
    (PROMO, "promotion"),
    (PICKUP, "pickup"),
    (LOTTERY, "lottery"),
    (DONE, "transaction"),
    (LABEL, "not_a_code"),
)


class _Scored(NamedTuple):
    span: Span
    score: float
    trace: Trace


def extract(text: str, sender: str | None = None, policy: Policy = DEFAULT) -> Extraction:
    """Read the one-time passcode out of an SMS, or keep silent where there is none.

    Args:
        text: the message as received, of any length, language and script.
        sender: the sender's name or number where known; it helps to name the service.
        policy: what counts as a one-time passcode.

    Returns:
        The code with its confidence and reason; `code` is None for silence.
    """
    text, plain, positions, bits = _read(text)
    if "@" in plain and "#" in plain and (match := find_origin_bound(plain)):
        raw = _raw(text, positions, match.start("code"), match.end("code"))
        return Extraction(match["code"], raw, 1.0, "origin_bound", "origin_bound", match["host"], find_validity(plain))
    found = _find_quickly(plain, bits, policy)
    if found:
        shown, start, alone = found
        raw = shown if plain is text else _raw(text, positions, start, start + len(shown))
        code = shown if shown.isdigit() else "".join(filter(str.isdigit, shown))
        seconds = None if alone else find_validity(plain)
        return _build((code, raw, _KEYWORD_CONFIDENCE, "keyword", "numeric", find_service(plain, sender), seconds))
    if _is_hopeless(bits, policy):
        return _silent(_silence_reason(bits), _NO_CANDIDATE_CONFIDENCE, find_service(plain, sender))
    scored, _ = _score(plain, bits, policy)
    if not scored:
        return _silent("no_candidate", _NO_CANDIDATE_CONFIDENCE, find_service(plain, sender))
    best = max(scored, key=_score_of)
    confidence = 1 / (1 + exp(-best.score))
    if best.score < policy.min_score:
        return _silent(_silence_reason(bits), round(1 - confidence, 3), find_service(plain, sender))
    return _answer(best, _raw(text, positions, *best.span[:2]), round(confidence, 3), plain, sender)


def _read(text: str) -> tuple[str, str, list[int] | None, int]:
    """Return the stripped text, its normalised form, the positions of that in the text, and the evidence of its words."""
    text = text.strip()
    utf8 = text.encode("utf-8", "replace")
    if text.isascii():
        plain, positions = text, None
    else:
        plain, positions = normalise(text, utf8=utf8)
        utf8 = plain.lower().encode("utf-8", "replace")
    words = utf8.translate(WORD_BYTES).split()
    bits = reduce(or_, map(_bits_of, words), 0)
    if bits & SENDBACK and _bits_of(words[0]) & SENDBACK:
        bits |= FIRST  # an order to send something on, whoever gives it
    if (b"=" in utf8 or b"{" in utf8) and _SOURCE_CODE.search(plain):
        bits |= SOURCE | OTHER
    if b"%" in utf8:
        bits |= PROMO  # shares of a price are what promotions speak of
    if bits & PROMO and not bits & STRONG and (stated := _STATED_CODE.search(plain)):
        before = plain[: stated.start()].lower().encode("utf-8", "replace")
        if b"%" not in before and not reduce(or_, map(_bits_of, before.translate(WORD_BYTES).split()), 0) & PROMO:
            bits &= ~PROMO  # the code comes first and by itself, then the advertisement
    return text, plain, positions, bits


def _raw(text: str, positions: list[int] | None, start: int, end: int) -> str:
    """Return the span of the normalised text as it stands in the message."""
    return text[start:end] if positions is None else text[positions[start] : positions[end - 1] + 1]


def _find_quickly(plain: str, bits: int, policy: Policy) -> tuple[str, int, bool] | None:
    """Return (code as written, start, whether it is the only number) where a look at the words beside it is enough."""
    other = bits & _OTHER_CODES
    if bits & SECRET:
        other &= ~SENDBACK  # `do not give it to anyone`
    if not bits & (_KEYWORD | USE) or other:
        return find_labelled(plain) if bits & STRONG and not other & ~_OUTRANKED else None
    if bits & INITIAL and not policy.initial_passwords:
        return None
    if bits & THING and not bits & _PROVES and names_another_kind(plain):
        return None
    if bits & ACCT and not policy.card_pins and speaks_of_card_pin(plain, bits):
        return None
    found = find_plain(plain, bits) if bits & _KEYWORD and not bits & _DOUBTFUL else None
    return found or find_labelled(plain) or (None if bits & _DOUBTFUL else find_grouped(plain))


def _is_hopeless(bits: int, policy: Policy) -> bool:
    """Tell whether the words alone rule a code out: nothing asks for one, or all there is to label is another kind."""
    if not bits & _ASKING:
        return bits & _TELLING != 0 and not bits & SECRET
    if bits & (AUTH | STRONG):
        return False
    if bits & PROMO and not bits & (SECRET | VALID):
        return True
    return bits & LOTTERY != 0 or (bits & PICKUP != 0 and not policy.pickup_codes)


def _answer(best: _Scored, raw: str, confidence: float, plain: str, sender: str | None) -> Extraction:
    code, kind, reason = best.span.code, best.span.kind, _win_reason(best.trace)
    return Extraction(code, raw, confidence, reason, kind, find_service(plain, sender), find_validity(plain))


def _silent(reason: str, confidence: float, service: str | None) -> Extraction:
    silence: Extraction = _build((None, "", confidence, reason, None, service, None))
    return silence


def _score(plain: str, bits: int, policy: Policy, *, everything: bool = False) -> tuple[list[_Scored], list[Span]]:
    spans = find_spans(plain, everything=everything)
    wanted = [span for span in spans if span.role == CODE_ROLE]
    letters_possible = bits & _KEYWORD != 0 and may_hold_letters(plain)
    if not wanted and not letters_possible:
        return [], spans
    context = Context(plain)
    whole = list(score_message(bits))
    if bits & THING and not bits & _PROVES and names_another_kind(plain):
        whole.append(("other_code", OTHER_KIND_OF_CODE))
    if not policy.card_pins and speaks_of_card_pin(plain, bits):
        whole.append(("card_pin", OTHER_KIND_OF_CODE))
    sole = [*whole, ("sole", SOLE)]
    scored = [_weigh(span, context, bits, policy, sole if len(wanted) == 1 else whole) for span in wanted]
    if letters_possible and not any(item.score >= _CLEAR_SCORE for item in scored):
        letters = find_letters(context)
        spans += letters
        scored += [_weigh(span, context, bits, policy, whole if wanted else sole) for span in letters]
    return scored, spans


def _weigh(span: Span, context: Context, bits: int, policy: Policy, whole: Trace) -> _Scored:
    trace = whole.copy()
    return _Scored(span, score_span(span, context, bits, policy, trace), trace)


def _win_reason(trace: Trace) -> str:
    for name, _ in reversed(trace):  # the label comes last
        if name in _WINS:
            return _WINS[name]
    return "context"


def _silence_reason(bits: int) -> str:
    return next((reason for mask, reason in _SILENCES if bits & mask), "no_evidence")


def explain(text: str, sender: str | None = None, policy: Policy = DEFAULT) -> Explanation:
    """Explain a decision: every candidate with its features and score, and why the winner won or nobody did.

    Args:
        text: the message as received.
        sender: the sender's name or number where known.
        policy: what counts as a one-time passcode.

    Returns:
        The same extraction as `extract`, with the evidence; the positions of candidates count from the first
        character of the message that is not blank.
    """
    extraction = extract(text, sender, policy)
    text, plain, positions, bits = _read(text)
    scored, spans = _score(plain, bits, policy, everything=True)
    by_span = {item.span: item for item in scored}
    candidates = tuple(_candidate(span, by_span.get(span), _raw(text, positions, *span[:2])) for span in spans)
    return Explanation(extraction, candidates, score_message(bits), _why(extraction, candidates))


def _candidate(span: Span, scored: _Scored | None, raw: str) -> Candidate:
    features = tuple(scored.trace) if scored else ()
    score = round(scored.score, 3) if scored else None
    return Candidate(span.start, span.end, raw, span.code, span.kind, span.role, features, score)


def _why(extraction: Extraction, candidates: tuple[Candidate, ...]) -> str:
    if extraction.kind == "origin_bound":
        return f"the last line binds the code to {extraction.service}"
    if extraction.code is None:
        weighed = [candidate.raw for candidate in candidates if candidate.score is not None]
        return f"{extraction.reason}: " + (
            f"no candidate of {len(weighed)} reached the threshold" if weighed else "nothing to weigh"
        )
    winner = next((candidate for candidate in candidates if candidate.code == extraction.code), None)
    if winner is None or not winner.features:
        return f"{extraction.reason}: the words beside it leave no doubt"
    strongest = sorted(winner.features, key=lambda feature: -feature[1])[:3]
    return f"{extraction.reason}: " + ", ".join(f"{name} {weight:+.1f}" for name, weight in strongest)
