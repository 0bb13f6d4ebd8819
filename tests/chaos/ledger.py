"""What was sent and what came out, compared: pure book-keeping, two bytes a message.

What must hold of every unique message: revision 1 once in otp.messages.v1 and once in otp.codes.v1; where that went out without its
rental and the rental came later, revision 2 once in both, else never; of a line, revision 1 in the order that it was sent in. Every poison
once in a dead-letter topic. Nothing else.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.chaos import messages

_FIRST, _SECOND, _WAITS = 1, 2, 4
"""What is known of a message in one topic, as bits: revision 1 came, revision 2 came, revision 1 had no rental."""
EXAMPLES_MAXIMUM = 20

Kind = Literal["message", "code"]


@dataclass(slots=True)
class _Line:
    sent: int = 0
    rented: bool = False
    seen: dict[Kind, bytearray] = field(default_factory=lambda: {"message": bytearray(), "code": bytearray()})
    last: dict[tuple[Kind, bytes], int] = field(default_factory=dict)
    """The newest number of revision 1, by topic and key: order holds within a key."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is wrong; all zero when every promise was kept."""

    lost: int
    doubled: int
    out_of_order: int
    foreign: int
    """Outputs that nothing sent accounts for."""
    examples: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.doubled or self.out_of_order or self.foreign)


@dataclass
class Ledger:
    """The book; one thread writes what is sent, before it is sent, and another what came out."""

    sent: int = 0
    """Unique messages."""
    arrived: int = 0
    """Unique messages whose revision 1 is in otp.messages.v1."""
    poison_sent: int = 0
    revised: int = 0
    """Messages whose revision 2 came."""
    wrong: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    _lines: dict[int, _Line] = field(default_factory=dict)
    _dead: bytearray = field(default_factory=bytearray)

    def send_message(self, line: int, sequence: int) -> None:
        """Note a unique message that is about to be sent: of its line the next."""
        self._lines.setdefault(line, _Line()).sent = sequence + 1
        self.sent += 1

    def send_rental(self, line: int) -> None:
        """Note the rental of a line."""
        self._lines.setdefault(line, _Line()).rented = True

    def send_poison(self) -> None:
        """Note one poison record; they are numbered in the order of these calls."""
        self.poison_sent += 1

    def see(self, kind: Kind, key: bytes, event: Mapping[str, Any]) -> None:
        """Note one record of otp.messages.v1 or otp.codes.v1."""
        sequence = messages.sequence_of_code(event["code"]) if event["code"] is not None else None
        index = int(event["line"].rpartition(":")[2])
        line = self._lines.get(index)
        name = f"{kind} {event['line']} #{sequence} revision {event['revision']}"
        if line is None or sequence is None or sequence >= line.sent:
            self._note("foreign", name)
        elif kind == "message" and messages.sequence_of_text(event["text"]) != sequence:
            self._note("foreign", f"{name}: its code is not of its text")
        elif event["rental_id"] not in (None, messages.rental_of(index) if line.rented else None):
            self._note("foreign", f"{name}: its rental is not of its line")
        elif event["revision"] == 1:
            self._see_first(line, kind, key, sequence, waits=event["rental_id"] is None, name=name)
        elif event["revision"] == 2 and event["rental_id"] is not None:
            self._see_second(line, kind, sequence, name=name)
        else:
            self._note("foreign", name)

    def see_dead(self, value: bytes | None) -> None:
        """Note a dead letter, by the bytes that it holds."""
        index = messages.poison_index(value or b"")
        if index is None or index >= self.poison_sent:
            self._note("foreign", "a dead letter of what was no poison")
            return
        self._dead.extend(bytes(max(0, index + 1 - len(self._dead))))
        if self._dead[index]:
            self._note("doubled", f"dead letter {index}")
        self._dead[index] = 1

    def verdict(self) -> Verdict:
        """Say what is wrong, once everything was sent and read to the end."""
        wrong, examples = Counter(self.wrong), list(self.examples)
        for what, name in self._accounts():
            wrong[what] += 1
            if wrong[what] <= EXAMPLES_MAXIMUM:
                examples.append(f"{what}: {name}")
        return Verdict(
            lost=wrong["lost"],
            doubled=wrong["doubled"],
            out_of_order=wrong["out of order"],
            foreign=wrong["foreign"],
            examples=tuple(examples),
        )

    def _see_first(self, line: _Line, kind: Kind, key: bytes, sequence: int, *, waits: bool, name: str) -> None:
        seen = _grown(line.seen[kind], sequence)
        if seen[sequence] & _FIRST:
            self._note("doubled", name)
            if not waits:
                # Its rental came with this copy, so that nothing more is owed.
                seen[sequence] &= ~_WAITS
            return
        if sequence < line.last.get((kind, key), -1):
            self._note("out of order", name)
        line.last[kind, key] = sequence
        seen[sequence] |= _FIRST | (_WAITS if waits else 0)
        self.arrived += kind == "message"

    def _see_second(self, line: _Line, kind: Kind, sequence: int, *, name: str) -> None:
        seen = _grown(line.seen[kind], sequence)
        # Order across revisions holds among messages alone: a rental's phone takes the codes to another key.
        early = kind == "message" and not seen[sequence] & _FIRST
        if seen[sequence] & _SECOND or early:
            self._note("out of order" if early else "doubled", name)
        seen[sequence] |= _SECOND
        self.revised += kind == "message"

    def _accounts(self) -> Iterator[tuple[str, str]]:
        """Yield what only the whole shows: what never came, and what came though nobody waited for it."""
        for index in range(self.poison_sent):
            if index >= len(self._dead) or not self._dead[index]:
                yield "lost", f"dead letter {index}"
        for index, line in self._lines.items():
            for kind, seen in line.seen.items():
                for sequence in range(line.sent):
                    bits = seen[sequence] if sequence < len(seen) else 0
                    waited = line.rented and bits & _WAITS
                    if not bits & _FIRST or (waited and not bits & _SECOND):
                        yield "lost", f"{kind} {messages.line_of(index)} #{sequence}, of which came {_told(bits)}"
                    elif bits & _SECOND and not waited:
                        yield "doubled", f"{kind} {messages.line_of(index)} #{sequence}, revised with nothing new"

    def _note(self, what: str, name: str) -> None:
        self.wrong[what] += 1
        if self.wrong[what] <= EXAMPLES_MAXIMUM:
            self.examples.append(f"{what}: {name}")


def _grown(seen: bytearray, sequence: int) -> bytearray:
    seen.extend(bytes(max(0, sequence + 1 - len(seen))))
    return seen


def _told(bits: int) -> str:
    first = ("nothing", "revision 1")[bits & _FIRST] + (" without its rental" if bits & _WAITS else "")
    return first + (" and revision 2" if bits & _SECOND else "")
