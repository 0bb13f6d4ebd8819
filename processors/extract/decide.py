"""Decides which number of a message, if any, is its one-time passcode."""

import re
from functools import lru_cache, partial
from math import inf, tanh
from typing import Final

from processors.extract.model import DEFAULT, Extraction, Policy
from processors.extract.naming import find_service
from processors.extract.normalise import normalise
from processors.extract.origin_bound import find_origin_bound
from processors.extract.plain import find_plain, is_simple
from processors.extract.policies import ignored, rules_out, under
from processors.extract.reading import Reading, read
from processors.extract.scoring import Judgement, judge_message
from processors.extract.signals import (
    AUTH,
    CARDPIN,
    DONE,
    LABEL,
    LOTTERY,
    OLD,
    OTHER,
    PICKUP,
    PROMO,
    RECEIPT,
    STRONG,
    USE,
)
from processors.extract.validity import find_validity

_CERTAIN: Final = 2.0
"""From here on up a message sends a code, and the one clean number beside a keyword is it."""
_DISTRACTS: Final = OLD | RECEIPT | LOTTERY | PROMO | PICKUP | OTHER | CARDPIN
"""Speaks of other codes as if of this one: there the number is looked at in any case."""
_SILENT: Final = -3.0
"""From here on down it sends none; the few that do would hardly be read anyway."""
_LETTERED: Final = -1.0
"""From here on up a code may be of letters alone."""
_UNCLEAR: Final = 2.0
"""So little above the threshold a number leaves room for a code of letters."""
_DIGIT: Final = re.compile("[0-9]")
_PLAIN_CONFIDENCE: Final = 0.99
_PLAIN_SCORE: Final = 4.6
"""The same in log-odds: a policy that asks for more has every number weighed."""
_SETTLED_CONFIDENCE: Final = 0.95
"""Of a silence that nothing was weighed for."""
_SILENCES: Final = (
    (PROMO, "promotion"),
    (PICKUP, "pickup"),
    (LOTTERY, "lottery"),
    (DONE, "transaction"),
    (LABEL, "not_a_code"),
)

_build = partial(tuple.__new__, Extraction)  # a third of the price of calling the class


def extract(text: str, sender: str | None = None, policy: Policy = DEFAULT) -> Extraction:
    """Read the one-time passcode out of an SMS, or keep silent where there is none.

    Args:
        text: the message as received, of any length, language and script.
        sender: the sender's name or number where known; it names the service, and its digits are no code.
        policy: what counts as a one-time passcode.

    Returns:
        The code with its confidence and reason; `code` is None for silence.
    """
    reading = read(text, sender)
    if policy is not DEFAULT:  # which lets nothing in
        reading = under(policy, reading)
    text, plain, _, bits, words = reading
    if "@" in plain and "#" in plain and (bound := _origin_bound_answer(text)):
        return bound
    if rules_out(plain, bits, policy):
        return _silent("policy", _SETTLED_CONFIDENCE, find_service(text, sender))
    simple = is_simple(bits)
    found = find_plain(plain) if simple and policy.min_score <= _PLAIN_SCORE else None
    if found:
        return _plain_answer(found, reading, sender)
    clear = judge_message(plain, bits, words) - policy.min_score
    if clear < _SILENT:
        reason = _silence_reason(bits) if _DIGIT.search(plain) else "no_candidate"
        return _silent(reason, _confidence(-clear), find_service(text, sender))
    if clear > _CERTAIN and not simple and not bits & _DISTRACTS and policy.min_score <= _PLAIN_SCORE:
        found = find_plain(plain)
        if found:
            return _plain_answer(found, reading, sender)
    return _weighed_answer(reading, sender, policy, letters_below=letters_below(clear, policy))


def letters_below(clear: float, policy: Policy) -> float:
    """Return the score of the best number below which a code may be of letters alone.

    Args:
        clear: how sure it is, in log-odds above the policy's threshold, that the message sends a code.
        policy: what counts as a one-time passcode.
    """
    return policy.min_score + _UNCLEAR if clear > _LETTERED else -inf


def raw_span(text: str, positions: list[int] | None, start: int, end: int) -> str:
    """Return the span of the normalised text as it stands in the message."""
    return text[start:end] if positions is None else text[positions[start] : positions[end - 1] + 1]


def _origin_bound_answer(text: str) -> Extraction | None:
    """Read the last line of a stripped text as it stands: what other steps blind out may be part of its code or its host."""
    plain, positions = normalise(text, utf8=text.encode("utf-8", "replace"))
    match = find_origin_bound(plain)
    if match is None:
        return None
    raw = raw_span(text, positions, match.start("code"), match.end("code"))
    return Extraction(match["code"], raw, 1.0, "origin_bound", "origin_bound", match["host"], find_validity(plain))


def _plain_answer(found: tuple[str, int], reading: Reading, sender: str | None) -> Extraction:
    text, plain, positions, _, _ = reading
    shown, start = found
    raw = shown if plain is text else raw_span(text, positions, start, start + len(shown))
    code = shown if shown.isdigit() else "".join(filter(str.isdigit, shown))
    service = find_service(text, sender)
    answer: Extraction = _build((code, raw, _PLAIN_CONFIDENCE, "keyword", "numeric", service, find_validity(plain)))
    return answer


def _weighed_answer(reading: Reading, sender: str | None, policy: Policy, *, letters_below: float) -> Extraction:
    text, plain, positions, bits, words = reading
    service = find_service(text, sender)
    judgement = Judgement(plain, bits, words, ignored=ignored(policy), letters_below=letters_below)
    scored = judgement.scored
    if not scored:
        return _silent("no_candidate", _SETTLED_CONFIDENCE, service)
    best = max(range(len(scored)), key=lambda number: scored[number].score)
    span, score = scored[best]
    if score < policy.min_score:
        return _silent(_silence_reason(bits), _confidence(policy.min_score - score), service)
    start, end, code, kind, _ = span
    raw = raw_span(text, positions, start, end)
    reason = _win_reason(str(judgement.facts[best][-1][1]), bits)
    answer: Extraction = _build((code, raw, _confidence(score), reason, kind, service, find_validity(plain)))
    return answer


def _confidence(score: float) -> float:
    """Return the logistic of a sum of log-odds."""
    return round(0.5 + 0.5 * tanh(score / 2), 3)


def _silent(reason: str, confidence: float, service: str | None) -> Extraction:
    silence: Extraction = _build((None, "", confidence, reason, None, service, None))
    return silence


@lru_cache(maxsize=4096)
def _win_reason(label: str, bits: int) -> str:
    """Name what made a code of a number: where its label stands (`left`, `right`), or what the message asks for."""
    if label.startswith("left"):
        return "otp_label" if bits & (STRONG | AUTH) else "code_label"
    if label.startswith("right"):
        return "label_after"
    if bits & USE:
        return "instruction"
    return "verification_label" if bits & AUTH else "context"


@lru_cache(maxsize=4096)
def _silence_reason(bits: int) -> str:
    return next((reason for mask, reason in _SILENCES if bits & mask), "no_evidence")
