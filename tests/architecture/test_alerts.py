"""The alerts speak of series that the code registers, and tell whoever they wake what to do."""

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry

from ingest.metrics import IngestMetrics, PollMetrics, WebhookMetrics, watch_circuits
from ingest.providers.breaker import Breaker
from ingest.providers.registry import Circuit
from otpstream.control.feed import Feed
from otpstream.control.rentals.metrics import ControlMetrics
from otpstream.control.verifications.metrics import VerificationMetrics
from otpstream.settings import Settings, leaves, variable
from processors.metrics import ProcessMetrics
from sinks.metrics import DeliverMetrics
from tests.architecture.sources import ROOT

FOLDER = ROOT / "ops" / "prometheus"
RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"] for rule in group["rules"]
]
OTHERS = {"up": {"job", "instance"}}
"""Series that Prometheus makes by itself, with their labels."""
WORDS = {"and", "or", "unless", "on", "ignoring", "by", "without"}
FUNCTIONS = {
    "absent",
    "histogram_quantile",
    "increase",
    "max_over_time",
    "predict_linear",
    "rate",
    "sum",
    "time",
}
TOKEN = re.compile(r'"[^"]*"|[A-Za-z_:][A-Za-z0-9_:]*|\d+(?:\.\d+)?[smhd]?|[=!<>]=|[=!]~|[-+*/<>(){}\[\],=]|\s+')
SELECTOR = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)\s*\{([^}]*)\}")
MATCHER = re.compile(r'(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"')
GROUPING = re.compile(r"\b(?:by|on)\s*\(([^)]*)\)")

by_name = pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])


def registered() -> CollectorRegistry:
    """Return a registry with every series of every role, and the children that are made at the start."""
    registry = CollectorRegistry()
    ingest = IngestMetrics(registry)
    WebhookMetrics(ingest, "text2fa")
    PollMetrics(ingest, "text2fa", "main")
    ProcessMetrics(registry)
    DeliverMetrics(registry)
    ControlMetrics(registry)
    VerificationMetrics(registry, providers=["textmagic"])

    async def take(_: Any) -> None:
        raise AssertionError

    Feed(take, registry=registry)
    breaker = Breaker(failures=1, pause_seconds=1, clock=lambda: datetime.now(UTC))
    watch_circuits(registry, [Circuit("text2fa", "main", breaker)])
    return registry


REGISTRY = registered()
LABELS: dict[str, set[str]] = {
    name: {*collector._labelnames, "le", "job", "instance"}
    for name, collector in REGISTRY._names_to_collectors.items()
    if hasattr(collector, "_labelnames")
} | OTHERS
VALUES: dict[tuple[str, str], set[str]] = {}
for family in REGISTRY.collect():
    for sample in family.samples:
        for label, value in sample.labels.items():
            VALUES.setdefault((sample.name, label), set()).add(value)


def series_in(expression: str) -> set[str]:
    """Return the series that an expression names: every word that is no function, keyword, label or number."""
    bare = GROUPING.sub(" ", re.sub(r"\{[^}]*\}", " ", expression))
    tokens = TOKEN.findall(bare)
    return {one for one in tokens if re.match(r"[A-Za-z_:]", one)} - WORDS - FUNCTIONS


@by_name
def test_an_expression_is_whole(rule: dict[str, Any]) -> None:
    """Nothing in it is unknown to the language, and every bracket is closed by its like."""
    expression = rule["expr"]
    assert "".join(TOKEN.findall(expression)) == expression
    open_brackets = []
    for one in re.sub(r'"[^"]*"', "", expression):
        if one in "([{":
            open_brackets.append({"(": ")", "[": "]", "{": "}"}[one])
        elif one in ")]}":
            assert open_brackets.pop() == one
    assert open_brackets == []


@by_name
def test_every_series_is_registered(rule: dict[str, Any]) -> None:
    """An alert on a series that nobody writes never fires, and nobody sees that."""
    named = series_in(rule["expr"])

    assert named
    assert named <= LABELS.keys()


@by_name
def test_every_label_and_every_word_of_it_exist(rule: dict[str, Any]) -> None:
    """Of a series: its labels, and the values that the code counts under, where those are a fixed set."""
    for name, matchers in SELECTOR.findall(rule["expr"]):
        for label, _, text in MATCHER.findall(matchers):
            assert label in LABELS[name], (name, label)
            known = VALUES.get((name, label), set())
            if known and label not in ("provider", "account", "supplier"):
                assert set(text.split("|")) <= known, (name, label, known)
    grouped = {label.strip() for labels in GROUPING.findall(rule["expr"]) for label in labels.split(",")}
    for label in grouped:
        assert all(label in LABELS[name] for name in series_in(rule["expr"])), label


@by_name
def test_whoever_is_woken_is_told_what_to_do(rule: dict[str, Any]) -> None:
    """What is wrong, what to do about it, how urgent it is; labels in the text are ones that the alert has."""
    assert set(rule["annotations"]) == {"summary", "action"}
    assert all(len(text) > 20 for text in rule["annotations"].values())
    assert rule["labels"]["severity"] in ("page", "ticket")
    shown = set(re.findall(r"\$labels\.(\w+)", " ".join(rule["annotations"].values())))
    carried = {label for labels in re.findall(r"by\s*\(([^)]*)\)", rule["expr"]) for label in labels.split(", ")}
    if "sum" not in rule["expr"]:
        carried = set.intersection(*(LABELS[name] for name in series_in(rule["expr"])))
    assert shown <= carried


def test_what_the_texts_name_exists() -> None:
    """Settings and series in summaries and actions are real ones; each alert has a name of its own."""
    text = " ".join(text for rule in RULES for text in rule["annotations"].values())
    settings = {variable(path) for path, _ in leaves(Settings)}

    assert set(re.findall(r"\botp_[a-z_]+\b", text)) <= {re.sub(r"_(bucket|count|sum)$", "", name) for name in LABELS}
    assert set(re.findall(r"\b(?:TEXT2FA|PROCESS|SUBSCRIPTION|KAFKA|CONTROL)_[A-Z_]+\b", text)) <= settings
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


def test_prometheus_reads_the_rules() -> None:
    """As its configuration and as compose.yaml mount them."""
    configuration = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    mounted = {volume.split(":")[1] for volume in compose["services"]["prometheus"]["volumes"]}

    assert configuration["rule_files"] == ["alerts.yml"]
    assert "/etc/prometheus/alerts.yml" in mounted
    assert {job["job_name"] for job in configuration["scrape_configs"]} == {"otpstream"}


@pytest.mark.skipif(
    shutil.which("promtool") is None and "CI" not in os.environ,
    reason="promtool is not installed: see the Debian package prometheus",
)
@pytest.mark.parametrize(
    "command", [["check", "rules", "alerts.yml"], ["test", "rules", "alerts.test.yml"]], ids=["check", "test"]
)
def test_prometheus_itself_agrees(command: list[str]) -> None:
    """Its own parser, and its own evaluation of the alerts over time."""
    ended = subprocess.run(["promtool", *command], cwd=FOLDER, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr
