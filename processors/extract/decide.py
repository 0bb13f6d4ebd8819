"""Decides which span of a message, if any, is its one-time passcode."""

from functools import lru_cache, partial
from math import exp
from operator import attrgetter
from typing import Final

from processors.extract.compounds import names_another_kind, names_unknown_thing, opens_a_door
from processors.extract.context import Context
from processors.extract.labels import Trace
from processors.extract.letters import find_letters, may_hold_letters
from processors.extract.model import DEFAULT, Extraction, Policy
from processors.extract.naming import find_service
from processors.extract.origin_bound import find_origin_bound
from processors.extract.plain import find_grouped, find_labelled, find_plain
from processors.extract.reading import read
from processors.extract.roles import CODE_ROLE, Span
from processors.extract.scoring import Scored, score_message, score_span, speaks_of_card_pin
from processors.extract.signals import (
    ACCT,
    AGAINST,
    AUTH,
    CARDPIN,
    CODE,
    DATE,
    DONE,
    INITIAL,
    LABEL,
    LAST,
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
    STRONG,
    THING,
    USE,
    VALID,
)
from processors.extract.spans import find_spans
from processors.extract.validity import find_validity
from processors.extract.weights import CODE_OF_THING, OTHER_KIND_OF_CODE, SOLE, TOPIC_OTHER

_KEYWORD: Final = CODE | STRONG
_DOUBTFUL: Final = AGAINST | DATE
_OTHER_CODES: Final = PROMO | PICKUP | LOTTERY | OTHER | SENDBACK | OLD | RECEIPT | CARDPIN
_ASKING: Final = LABEL | USE
_TELLING: Final = ACCT | OTHER | LAST | MONEY | REF | PROMO | PICKUP | LOTTERY | DONE | RECEIPT
_PROVES: Final = AUTH | STRONG | SECRET | VALID
_OUTRANKED: Final = PICKUP | OTHER
"""What a word like OTP beside the number outranks."""
_COMPLICATED: Final = _DOUBTFUL | _OTHER_CODES | INITIAL | ACCT | THING
"""With none of these a keyword and one clean number need no further look."""
_CLEAR_SCORE: Final = 3.0  # a number that scores so high leaves no room for a code of letters alone
_KEYWORD_CONFIDENCE: Final = 0.99
_NO_CANDIDATE_CONFIDENCE: Final = 0.95

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


def extract(text: str, sender: str | None = None, policy: Policy = DEFAULT) -> Extraction:
    """Read the one-time passcode out of an SMS, or keep silent where there is none.

    Args:
        text: the message as received, of any length, language and script.
        sender: the sender's name or number where known; it helps to name the service.
        policy: what counts as a one-time passcode.

    Returns:
        The code with its confidence and reason; `code` is None for silence.
    """
    text, plain, positions, bits, blanked = read(text, sender)
    if "@" in plain and "#" in plain and (match := find_origin_bound(plain)):
        raw = raw_span(text, positions, match.start("code"), match.end("code"))
        return Extraction(match["code"], raw, 1.0, "origin_bound", "origin_bound", match["host"], find_validity(plain))
    found = find_quickly(plain, bits, policy)
    if found:
        shown, start, alone = found
        raw = shown if plain is text else raw_span(text, positions, start, start + len(shown))
        code = shown if shown.isdigit() else "".join(filter(str.isdigit, shown))
        seconds = None if alone else find_validity(plain)
        return _build((code, raw, _KEYWORD_CONFIDENCE, "keyword", "numeric", find_service(plain, sender), seconds))
    if hopeless := _hopeless_reason(bits, policy):
        return _silent(hopeless, _NO_CANDIDATE_CONFIDENCE, find_service(plain, sender))
    scored = score_all(plain, blanked, bits, policy)[0]
    if not scored:
        return _silent("no_candidate", _NO_CANDIDATE_CONFIDENCE, find_service(plain, sender))
    best = max(scored, key=_score_of)
    if best.score < policy.min_score:
        return _silent(_silence_reason(bits), _confidence(-best.score), find_service(plain, sender))
    return _answer(best, raw_span(text, positions, *best.span[:2]), plain, sender)


def raw_span(text: str, positions: list[int] | None, start: int, end: int) -> str:
    """Return the span of the normalised text as it stands in the message."""
    return text[start:end] if positions is None else text[positions[start] : positions[end - 1] + 1]


def find_quickly(plain: str, bits: int, policy: Policy) -> tuple[str, int, bool] | None:
    """Return (code as written, start, whether it is the only number) where a look at the words beside it is enough."""
    if bits & _KEYWORD and not bits & _COMPLICATED:
        return find_plain(plain, bits) or find_labelled(plain) or find_grouped(plain)
    other = bits & _OTHER_CODES
    if bits & SECRET:
        other &= ~SENDBACK  # `do not give it to anyone`
    if not bits & (_KEYWORD | USE) or other:
        return find_labelled(plain) if bits & STRONG and not other & ~_OUTRANKED else None
    if bits & INITIAL and not policy.initial_passwords:
        return None
    if bits & CODE and _is_code_of_thing(plain, bits):
        return None
    if bits & ACCT and not policy.card_pins and speaks_of_card_pin(plain, bits):
        return None
    found = find_plain(plain, bits) if bits & _KEYWORD and not bits & _DOUBTFUL else None
    return found or find_labelled(plain) or (None if bits & _DOUBTFUL else find_grouped(plain))


def _is_code_of_thing(plain: str, bits: int) -> bool:
    """Tell whether the only codes spoken of are those of doors, games and the like."""
    if not bits & (THING | REF) or bits & (STRONG | SECRET | VALID):
        return False
    return opens_a_door(plain) if bits & AUTH else not bits & USE and names_another_kind(plain)


@lru_cache(maxsize=4096)
def _hopeless_reason(bits: int, policy: Policy) -> str:
    """Return the reason of silence where the words alone rule a code out, else empty."""
    return _silence_reason(bits) if _is_hopeless(bits, policy) else ""


def _is_hopeless(bits: int, policy: Policy) -> bool:
    """Tell whether the words alone rule a code out: nothing asks for one, or all there is to label is another kind."""
    if not bits & _ASKING:
        return bits & _TELLING != 0 and not bits & SECRET
    if bits & (AUTH | STRONG):
        return False
    if bits & PROMO and not bits & (SECRET | VALID):
        return True
    return bits & LOTTERY != 0 or (bits & PICKUP != 0 and not bits & SECRET and not policy.pickup_codes)


@lru_cache(maxsize=4096)
def _confidence(score: float) -> float:
    """Return the logistic of a sum of log-odds."""
    return round(1 / (1 + exp(-score)), 3)


def _answer(best: Scored, raw: str, plain: str, sender: str | None) -> Extraction:
    (_, _, code, kind, _), score, trace = best
    answer: Extraction = _build(
        (code, raw, _confidence(score), _win_reason(trace), kind, find_service(plain, sender), find_validity(plain))
    )
    return answer


def _silent(reason: str, confidence: float, service: str | None) -> Extraction:
    silence: Extraction = _build((None, "", confidence, reason, None, service, None))
    return silence


def score_all(
    plain: str, blanked: bytes, bits: int, policy: Policy, *, everything: bool = False
) -> tuple[list[Scored], list[Span]]:
    """Return the spans that may be codes with their scores, and all spans found.

    Args:
        plain: the normalised text.
        blanked: its words, as `reading` leaves them.
        bits: the evidence of all its words.
        policy: what counts as a one-time passcode.
        everything: also find the spans that can be no code, for people to see.
    """
    spans = find_spans(plain, everything=everything)
    wanted = [span for span in spans if span.role == CODE_ROLE]
    if not wanted and not (bits & _KEYWORD and may_hold_letters(plain)):
        return [], spans
    context = Context(plain, blanked)
    whole = score_message(bits)
    if bits & OTHER and not bits & _PROVES and _opens_with_another_topic(context):
        whole += (("topic_other", TOPIC_OTHER),)
    if bits & CODE:
        if _is_code_of_thing(plain, bits):
            whole += (("other_code", OTHER_KIND_OF_CODE),)
        elif not bits & _PROVES and names_unknown_thing(plain):
            whole += (("code_of_thing", CODE_OF_THING),)
    if not policy.card_pins and speaks_of_card_pin(plain, bits):
        whole += (("card_pin", OTHER_KIND_OF_CODE),)
    sole = (*whole, ("sole", SOLE))
    scored = [score_span(span, context, bits, policy, sole if len(wanted) == 1 else whole) for span in wanted]
    unclear = max(map(_score_of, scored), default=0.0) < _CLEAR_SCORE
    if unclear and bits & _KEYWORD and (not wanted or may_hold_letters(plain)):
        letters = find_letters(context)
        spans += letters
        scored += [score_span(span, context, bits, policy, whole if wanted else sole) for span in letters]
    return scored, spans


def _opens_with_another_topic(context: Context) -> bool:
    """Tell whether a meeting, a door or the like is spoken of before any code is: `Wifi: Guests, password 1234`."""
    first = next((event.bits for event in context.events if event.bits & (_KEYWORD | OTHER)), 0)
    return first & OTHER != 0


def _win_reason(trace: Trace) -> str:
    for name, _ in reversed(trace):  # the label comes last
        if name in _WINS:
            return _WINS[name]
    return "context"


@lru_cache(maxsize=4096)
def _silence_reason(bits: int) -> str:
    return next((reason for mask, reason in _SILENCES if bits & mask), "no_evidence")
