"""What README.md says is so: its topics, its commands, its targets, its settings, its links."""

import re

import pytest
import typer.main

from otpstream.cli import app
from otpstream.settings import Settings, leaves, variable
from schemas.topics import OVER_KEPT_SECONDS, TOPICS
from tests.architecture.sources import ROOT

README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
CODE = SHELL + "\n" + "\n".join(re.findall(r"`([^`\n]+)`", README))
"""What stands in shell blocks and in backticks: what a reader would type."""


def test_the_table_of_topics_is_the_maps() -> None:
    """Each topic once, in the order of the flow, with its key; dead letters are one line for all."""
    rows = re.findall(r"^\| `(otp\.[^`]+)` \| ([^|]+?) \| ([^|]+?) \|", README, re.MULTILINE)

    listed = [(name, key) for name, key, _ in rows if not name.endswith(".dead")]
    assert listed == [(topic.name, topic.key) for topic in TOPICS if not topic.name.endswith(".dead")]
    assert {name for name, _, _ in rows if name.endswith(".dead")} <= {topic.name for topic in TOPICS}
    assert re.search(r"^\| `<topic>\.dead` \| as its source \|", README, re.MULTILINE)


def test_the_table_says_how_long_topics_are_kept() -> None:
    """A reader who comes later than that has missed it."""
    rows = dict(re.findall(r"^\| `((?:otp|<topic>)\.[^`]+)` \| [^|]+? \| ([^|]+?) \|", README, re.MULTILINE))

    for topic in TOPICS:
        kept = rows[topic.name if topic.name in rows else "<topic>.dead"]
        seconds = {"h": 3600, "days": 86400}
        amount, _, unit = kept.partition(" ")
        assert (int(amount) * seconds[unit] if amount.isdigit() else None) == topic.retention_seconds
        past_its_end = f"; {OVER_KEPT_SECONDS // 3600} h past its end" if topic.has_tombstones else ""
        assert amount.isdigit() or kept == f"newest of each key{past_its_end}"


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))


def test_every_target_that_is_named_exists() -> None:
    """`make demo` in the text is a target of the Makefile."""
    named = {word for line in re.findall(r"\bmake ([a-z][a-z -]*)", CODE) for word in line.split()[:1]}
    assert named >= {"demo", "test"}
    assert named <= targets()


def test_every_target_is_phony_and_explained() -> None:
    """`make help` lists each; none is mistaken for a file of its name."""
    phony = set(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split())
    assert phony == targets()
    assert all(re.search(rf"^{target}:.*## ", MAKEFILE, re.MULTILINE) for target in targets())


def commands() -> set[str]:
    """Return every command of the CLI, subcommands with their group."""
    group = typer.main.get_command(app)
    found = set()
    for name, command in getattr(group, "commands", {}).items():
        inner = getattr(command, "commands", None)
        found |= {name} if inner is None else {name, *(f"{name} {one}" for one in inner)}
    return found


def test_every_command_that_is_named_exists() -> None:
    """`otpstream topics create` in the text is a command, down to its last word."""
    named = {match.strip() for match in re.findall(r"(?<![\w./-])otpstream((?: [a-z]+)+)(?![\w.])", CODE)}
    assert named >= {"up", "topics create", "run process"}
    groups = {command.split()[0] for command in commands() if " " in command}
    for words in named:
        first, *rest = words.split()
        assert (f"{first} {rest[0]}" if first in groups and rest else first) in commands(), words


def test_every_option_that_is_named_exists() -> None:
    """`--show-codes` in the text is an option of the command before it."""
    group = typer.main.get_command(app)
    for words, options in re.findall(r"otpstream((?: [a-z]+)+)((?: (?:--[a-z-]+|[A-Z0-9]+))+)", CODE):
        command = group
        for word in words.split():
            command = getattr(command, "commands", {}).get(word, command)
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", options)) <= known, words


def test_every_setting_that_is_named_exists() -> None:
    """A variable in the text is one that is read; `KAFKA_SSL_...` stands for those that begin so."""
    known = {variable(path) for path, _ in leaves(Settings)}
    prefixes = ("KAFKA", "HTTP", "TEXT2FA", "PROVIDERS", "PROCESS", "SUBSCRIPTION", "CONTROL", "LOG")
    for name in re.findall(rf"\b((?:{'|'.join(prefixes)})_[A-Z0-9_]+)", CODE):
        assert name in known or (name.endswith("_") and any(one.startswith(name) for one in known)), name


LINKS = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", README) if not link.startswith("http")]


@pytest.mark.parametrize("link", sorted(set(LINKS)))
def test_every_link_leads_somewhere(link: str) -> None:
    """A relative link is a file or a folder of the repository."""
    assert (ROOT / link).exists()


def test_every_decision_has_a_number_of_its_own() -> None:
    """Decision records are numbered without a gap, so that one can be named."""
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
