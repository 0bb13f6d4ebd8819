"""compose.yaml starts what exists: every command is ours, every variable a setting, every scrape target a service."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from otpstream.cli import app
from otpstream.roles import Role
from otpstream.settings import Settings, leaves, variable
from schemas.topics import DATA_PARTITIONS

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "otpstream:local"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_service_runs_a_command_that_exists(name: str) -> None:
    """The command of each of our services is one of the command line's."""
    command: Any = get_command(app)
    for word in OURS[name]["command"]:
        command = command.commands[word]


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_service_sets_settings_that_exist(name: str) -> None:
    """A variable that is no setting would be a mistake that nobody sees."""
    assert set(OURS[name]["environment"]) <= {variable(path) for path, _ in leaves(Settings)}


def test_every_processing_process_has_its_own_slot() -> None:
    """Two processes under one slot would stop each other, and more than the partitions would idle."""
    slots = [one["environment"]["PROCESS_SLOT"] for one in OURS.values() if one["command"] == ["run", "process"]]

    assert len(slots) == len(set(slots)) <= DATA_PARTITIONS


def test_prometheus_scrapes_every_role() -> None:
    """Each running role is a target, and each target a service."""
    config = yaml.safe_load((ROOT / "ops/prometheus/prometheus.yml").read_text())
    targets = {
        target.split(":")[0]
        for job in config["scrape_configs"]
        for group in job["static_configs"]
        for target in group["targets"]
    }

    assert targets == {name for name, one in OURS.items() if one["command"][0] == "run"}


def test_services_wait_for_what_they_need() -> None:
    """Every role starts after the topics are there, and those after Kafka is; the control plane after its store."""
    store = {"postgres": {"condition": "service_healthy"}}
    assert {one: OURS[one]["depends_on"] for one in OURS if one != "topics"} == {
        one: {"topics": {"condition": "service_completed_successfully"}} | (store if one == "control" else {})
        for one in OURS
        if one != "topics"
    }
    assert OURS["topics"]["depends_on"] == {"kafka": {"condition": "service_healthy"}}
    assert {"healthcheck"} <= COMPOSE["services"]["kafka"].keys() & COMPOSE["services"]["postgres"].keys()


def test_every_role_runs() -> None:
    """A role that nobody starts would be missed only by those who need it."""
    assert {one["command"][1] for one in OURS.values() if one["command"][0] == "run"} == set(Role)


def test_every_service_comes_back_and_tells_how_it_is() -> None:
    """After a crash or a restart of the machine; the one that makes the topics ends once it has."""
    for name, service in COMPOSE["services"].items():
        ends = name == "topics"
        assert service["restart"] == ("no" if ends else "unless-stopped"), name
        assert ("test" in service["healthcheck"]) is not ends, name


def test_what_is_to_be_kept_is_on_a_volume() -> None:
    """Kafka's records, the store and the metrics outlive their containers; every volume is used."""
    kept = {volume.split(":")[0] for one in COMPOSE["services"].values() for volume in one.get("volumes", [])}

    assert {volume for volume in kept if not volume.startswith("./")} == set(COMPOSE["volumes"])
    assert all((ROOT / file).exists() for file in kept if file.startswith("./"))
    assert {"kafka", "postgres", "prometheus"} == {
        name for name, one in COMPOSE["services"].items() if "volumes" in one
    }


def test_no_secret_stands_in_the_file() -> None:
    """Each is the operator's, from the environment or .env."""
    for name, service in COMPOSE["services"].items():
        for variable_name, value in service.get("environment", {}).items():
            if re.search("KEY|SECRET|TOKEN|PASSWORD|STORE_URL|PROVIDERS", variable_name):
                assert "${" in value, (name, variable_name)


def test_only_webhooks_are_open_to_the_network() -> None:
    """Everything else listens for this machine alone."""
    is_open = {
        name
        for name, one in COMPOSE["services"].items()
        for port in one.get("ports", [])
        if not port.startswith("127.0.0.1:")
    }

    assert is_open == {"ingest"}
