"""Explains, for people, how the extractor decided on one text."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from processors.extract import Candidate, explain


def report(text: str, sender: str | None) -> RenderableType:
    """Return the text with its candidates marked, a table of their evidence, and the decision."""
    explained = explain(text, sender)
    found = explained.extraction
    verdict = Text(
        f"{found.code}" if found.code is not None else "no code", style="bold green" if found.code else "bold yellow"
    )
    verdict.append(f"   {found.reason}, confidence {found.confidence:.2f}", style="not bold default")
    parts: list[RenderableType] = [_marked(text, explained.candidates, found.raw), "", verdict, explained.why]
    if found.service is not None:
        parts.append(f"service: {found.service}")
    if found.valid_seconds is not None:
        parts.append(f"valid for {found.valid_seconds} s")
    if explained.candidates:
        parts += ["", _table(explained.candidates, found.code)]
    if explained.message_features:
        parts += ["", "the message as a whole: " + _evidence(explained.message_features)]
    return Group(*parts)


def _marked(text: str, candidates: tuple[Candidate, ...], winner: str) -> Text:
    marked = Text(text)
    for candidate in candidates:
        marked.stylize("bold green" if candidate.raw == winner else "yellow", candidate.start, candidate.end)
    return marked


def _table(candidates: tuple[Candidate, ...], code: str | None) -> Table:
    table = Table("candidate", "read as", "score", "evidence")
    for candidate in sorted(candidates, key=lambda one: float("inf") if one.score is None else -one.score):
        style = "bold green" if candidate.code == code else None
        table.add_row(
            Text(candidate.raw),
            candidate.role,
            "-" if candidate.score is None else f"{candidate.score:+.1f}",
            _evidence(candidate.features),
            style=style,
        )
    return table


def _evidence(features: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{name} {weight:+.1f}" for name, weight in features) or "-"
