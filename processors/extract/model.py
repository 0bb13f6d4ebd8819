"""What the extractor answers with: the extraction, the policy that steers it, and the explanation of a decision."""

from typing import NamedTuple


class Extraction(NamedTuple):
    """The one-time passcode read from a message, or silence with its reason."""

    code: str | None
    """The code as the product wants it typed (zeros kept, separators dropped); None means silence."""
    raw: str
    """The code's span as it stands in the message; empty for silence."""
    confidence: float
    """How sure the answer (a code or silence) is, from 0 to 1."""
    reason: str
    """Short stable name of why the code won or why the answer is silence (see `docs/extraction.md`)."""
    kind: str | None
    """`numeric`, `alphanumeric`, `origin_bound`, or None for silence."""
    service: str | None
    """The brand or service that the text or the sender names."""
    valid_seconds: int | None
    """The validity period that the text states, in seconds."""


class Policy(NamedTuple):
    """What counts as a one-time passcode where messages leave room for choice."""

    pickup_codes: bool = False
    """Codes that open a parcel locker or hand over a delivery: not a proof of who the phone's owner is."""
    card_pins: bool = False
    """The lasting PIN of a payment or SIM card: secret, but not one-time."""
    initial_passwords: bool = True
    """Passwords sent for a first or a reset login, to be changed once used."""
    min_score: float = 0.0
    """The score (log-odds) that the best candidate must reach; higher is more silent."""


DEFAULT = Policy()


COMMON_PARTS = 3


class Candidate(NamedTuple):
    """One span that could be the code, with the evidence weighed for and against it."""

    start: int
    end: int
    raw: str
    code: str
    kind: str
    role: str
    """`code`, or what its shape or surroundings say it is: `amount`, `date`, `phone`, ...; `priced` and `counted` leave room for a code."""
    parts: tuple[tuple[str, float], ...]
    """Each piece of evidence in words, and what it weighs: first the :data:`COMMON_PARTS` that the message adds to each number."""
    score: float | None
    """The sum of the parts (log-odds); None where the role left nothing to weigh."""


class Explanation(NamedTuple):
    """How a decision came about, for people: the answer, every candidate, and the message's own evidence."""

    extraction: Extraction
    message_score: float
    """How sure it is that the message sends a code at all, whichever of its numbers that is, in log-odds above the policy's `min_score`."""
    candidates: tuple[Candidate, ...]
    words: tuple[tuple[str, str], ...]
    """The words that carry evidence, in order, each with the kinds of evidence (`signals`) it carries."""
    why: str
