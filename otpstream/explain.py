"""Explains, for people, how the extractor decided on one text."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from otpstream.terminal import printable
from processors.extract import DEFAULT, Candidate, Explanation, Policy, explain
from processors.extract.model import COMMON_PARTS

_SILENCES = {
    "policy": "a lasting PIN or a first password, which the policy leaves out",
    "promotion": "it advertises",
    "pickup": "it hands over a parcel or an order",
    "lottery": "it is about a draw or a prize",
    "transaction": "it reports a transaction",
    "not_a_code": "it speaks of codes, but labels no number as one",
    "no_candidate": "nothing in it looks like a code",
    "no_evidence": "there is a number, but nothing that makes it a code",
}
_MOST_PARTS = 9
_LIGHTEST_PART = 0.15
_MOST_WORDS = 60
_MOST_OTHERS = 30
_UNSURE_SCORE = 2.0


def report(text: str, sender: str | None, policy: Policy = DEFAULT) -> RenderableType:
    """Return the text with its candidates marked, the decision, and the evidence for the winner and against the rest."""
    explained = explain(text, sender, policy)
    parts: list[RenderableType] = [_marked(text, explained), "", _verdict(explained), ""]
    winner = _winner(explained)
    ranked = sorted(explained.candidates, key=_ascending)
    shown = winner or next(iter(ranked), None)
    if shown and shown.score is not None and explained.extraction.kind != "origin_bound":
        parts += [_sum(shown, shown.score, won=winner is not None, least=policy.min_score), ""]
    others = [candidate for candidate in ranked if candidate is not shown or candidate.score is None]
    if others:
        parts += [Text("Other numbers", style="bold"), _others(others), ""]
    if explained.words:
        parts += [Text("Words that count", style="bold"), Padding(_words(explained), (0, 0, 0, 2))]
    return Group(*parts)


def _winner(explained: Explanation) -> Candidate | None:
    found = explained.extraction
    same = [one for one in explained.candidates if found.code == one.code and found.raw == one.raw]
    return min(same, key=_ascending, default=None)


def _ascending(candidate: Candidate) -> float:
    """The best score comes first, and last what was not weighed."""
    return float("inf") if candidate.score is None else -candidate.score


def _marked(text: str, explained: Explanation) -> Text:
    marked = Text("\n".join(map(printable, text.strip().splitlines())))
    marked.highlight_words([one.raw for one in explained.candidates if one.raw], style="yellow")
    if explained.extraction.raw:
        marked.highlight_words([explained.extraction.raw], style="bold green")
    return marked


def _verdict(explained: Explanation) -> Text:
    found = explained.extraction
    verdict = Text()
    if found.code is None:
        verdict.append("no code", style="bold yellow")
        verdict.append(f"   {_SILENCES[found.reason]} ({found.reason}); {found.confidence:.0%} sure\n")
    else:
        verdict.append(found.code, style="bold green")
        verdict.append(f"   {found.kind}, {found.confidence:.0%} sure ({found.reason})\n")
    verdict.append(f"{explained.why}")
    verdict.append(
        f"\nthe message, by all its words: {explained.message_score:+.1f}, {_judged(explained.message_score)}"
    )
    if found.service is not None:
        verdict.append(f"\nservice: {printable(found.service)}")
    if found.valid_seconds is not None:
        verdict.append(f"\nvalid for {found.valid_seconds} seconds")
    return verdict


def _judged(message_score: float) -> str:
    if abs(message_score) < _UNSURE_SCORE:
        return "may send a code or not"
    return "sends a code" if message_score > 0 else "sends none"


def _sum(candidate: Candidate, score: float, *, won: bool, least: float) -> RenderableType:
    """Return the candidate's evidence as a sum, the heaviest parts first, and the light ones in one line."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    parts = sorted(candidate.parts, key=lambda part: -abs(part[1]))
    shown = [part for part in parts[:_MOST_PARTS] if abs(part[1]) >= _LIGHTEST_PART]
    for meaning, weight in shown:
        table.add_row(_weight(weight), Text(meaning))
    rest = parts[len(shown) :]
    if rest:
        table.add_row(_weight(sum(weight for _, weight in rest)), Text(f"{len(rest)} lesser things", style="dim"))
    reached = score >= least
    outcome = "reaches the threshold" if reached else "stays below the threshold"
    if won != reached:
        outcome += ", but the quick look has settled it" if won else ", but the message as a whole has settled it"
    style = "bold green" if won else "bold red"
    table.add_row(Text("─────", style="dim"), "")
    table.add_row(Text(f"{score:+.1f}", style=style), Text(outcome, style=style))
    title = Text(f"Why {'' if won else 'not '}{printable(candidate.raw)}", style="bold")
    return Group(title, Padding(table, (0, 0, 0, 2)))


def _weight(weight: float) -> Text:
    return Text(f"{weight:+.1f}", style="green" if weight > 0 else "red")


def _others(candidates: list[Candidate]) -> RenderableType:
    """Return what the other numbers are, or what of their own speaks against them most."""
    table = Table.grid(padding=(0, 2))
    for candidate in candidates[:_MOST_OTHERS]:
        if candidate.score is None:
            told = Text(f"{candidate.role.replace('_', ' ')}, by its shape or neighbours")
        else:
            meaning, weight = min(candidate.parts[COMMON_PARTS:], key=lambda part: part[1])
            told = Text(f"{candidate.score:+.1f}: {meaning} ({weight:+.1f})")
        table.add_row("", Text(printable(candidate.raw), style="yellow"), told)
    if len(candidates) > _MOST_OTHERS:
        table.add_row("", "", Text(f"and {len(candidates) - _MOST_OTHERS} more", style="dim"))
    return table


def _words(explained: Explanation) -> Text:
    shown = [Text.assemble((printable(word), "bold"), f" {kinds}") for word, kinds in explained.words[:_MOST_WORDS]]
    more = len(explained.words) - len(shown)
    return Text(", ").join([*shown, *([Text(f"and {more} more", style="dim")] if more else [])])
