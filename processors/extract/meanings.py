"""Says in words what each piece of evidence means, for `explain`."""

from typing import Final

from processors.extract.evidence import Fact, kinds

_KINDS: Final = {
    "code": "a code",
    "strong": "a one-time passcode",
    "auth": "verification or login",
    "use": "typing something",
    "valid": "validity",
    "secret": "secrecy",
    "copula": "what is linked",
    "money": "money",
    "ref": "orders or references",
    "acct": "an account or a card",
    "phone": "phones or calls",
    "promo": "a promotion",
    "pickup": "a parcel or a pick-up",
    "lottery": "a draw or a prize",
    "other": "another kind of code",
    "sendback": "handing something over",
    "done": "something done",
    "date": "dates",
    "old": "what no longer counts",
    "new": "what counts now",
    "last": "part of a longer number",
    "unit": "quantities",
    "cardpin": "a lasting PIN",
    "initial": "a first password",
    "receipt": "approval or refusal",
    "grant": "authorisation",
    "first": "oneself",
    "towards": "a direction",
    "with": "a means",
    "source": "source code",
    "thing": "a thing with a code of its own",
}
_DISTANCES: Final = ("beside it", "a sign away", "a word away", "some words away", "further off")
_SIDES: Final = {"left": "before", "right": "after"}


def spoken(bits: int) -> str:
    """Return the kinds of evidence in some bits as words for people."""
    return ", ".join(_KINDS[kind] for kind in kinds(bits)) or "nothing that counts"


def meaning(fact: Fact, word: str = "") -> str:
    """Return what a fact about a number means; `word` is the word that it tells of, where it tells of one.

    Raises:
        ValueError: the fact is unknown, or none about a number.
    """
    match fact:
        case ("noun" | "labelled", *_):
            return _governing(fact)
        case (str(place), int(bits)) if word:
            side, distance = place.split()
            return f"“{word}” {_SIDES[side]} it, {_DISTANCES[int(distance)]}: {spoken(bits)}"
        case _:
            return _looks(fact)


def _governing(fact: Fact) -> str:
    match fact:
        case ("noun", str(side), tied, _, _, int(bits)):
            tie = ", and is tied to it" if tied else ""
            return (
                f"the nearest noun {_SIDES[side]} it says {spoken(bits)}{tie}" if bits else f"no noun {_SIDES[side]} it"
            )
        case ("labelled", str(label), _):
            return _labelled(label)
    raise ValueError(f"unknown fact {fact[0]}")


def _looks(fact: Fact) -> str:
    match fact:
        case ("pattern", str(pattern)):
            return "can be read as a word" if pattern.endswith("~") else "how its letters and digits alternate"
        case ("year",):
            return "may be a year"
        case ("parted", *_):
            return "written in groups"
        case ("role", role):
            return f"beside what may be a {'currency' if role == 'priced' else 'unit'}"
        case ("before" | "after" as side, str(signs)):
            return f"right {side} it: {signs!r}" if signs else f"nothing {side} it"
        case ("shape", _, str(kind), int(length), str(rank)):
            return f"{length} {'digits' if kind == 'numeric' else 'letters and digits'}, {_ranked(rank)}"
    raise ValueError(f"unknown fact {fact[0]}")


def _ranked(rank: str) -> str:
    return "the only number that can be it" if rank == "only" else f"the {rank} of the numbers that can be it"


def _labelled(label: str) -> str:
    side, _, unproven = label.partition(" ")
    told = {
        "left": "its sentence speaks of a code before it",
        "right": "its sentence speaks of a code after it",
        "none": "its sentence speaks of no code",
    }[side]
    return told + (", and nothing in the message of proving anything" if unproven else "")
