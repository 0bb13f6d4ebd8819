"""The command line answers in sentences: what is wrong and how to mend it, on standard error, with an exit status that tells which."""

import itertools
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from confluent_kafka import KafkaError, KafkaException

from otpstream import cli, kafka, topics_admin
from otpstream.commands import startup, topics
from otpstream.settings import Settings, leaves, variable
from schemas.topics import CHANGELOG, TOPICS

CLUSTER_NEEDED = [
    ["tail"],
    ["topics", "create"],
    ["topics", "check"],
    *(["run", role] for role in ("ingest", "process", "deliver", "control")),
]


class Ended:
    """What one command came to."""

    def __init__(self, status: object, capsys: pytest.CaptureFixture[str]) -> None:
        self.status = status
        self.out, self.error = capsys.readouterr()

    @property
    def is_one_sentence(self) -> bool:
        """Whether standard error holds one line that is ours, and standard output nothing."""
        return self.out == "" and self.error.startswith("otpstream: ") and self.error.count("\n") == 1


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Run":
    """Run the command line as the shell does, but in this process."""
    return Run(monkeypatch, capsys)


class Run:
    """The command line, up to its exit."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ended:
        self._monkeypatch.setattr(sys, "argv", ["otpstream", *arguments])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        return Ended(caught.value.code, self._capsys)


@pytest.mark.parametrize("arguments", CLUSTER_NEEDED, ids=" ".join)
def test_without_a_cluster_it_says_which_variable(run: Run, arguments: list[str]) -> None:
    """What needs a cluster names the setting and an example, and exits with 1."""
    ended = run(*arguments)

    assert (ended.status, ended.is_one_sentence) == (1, True)
    assert "KAFKA_BOOTSTRAP_SERVERS is not set" in ended.error
    assert "KAFKA_BOOTSTRAP_SERVERS=localhost:9092" in ended.error


@pytest.mark.parametrize("arguments", [["up"], ["doctor"], *CLUSTER_NEEDED], ids=" ".join)
def test_a_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    """Before anything is started: the variable, what it takes, and not what it holds."""
    monkeypatch.setenv("HTTP_PORT", "847291")

    ended = run(*arguments)

    assert (ended.status, ended.is_one_sentence) == (1, True)
    assert "HTTP_PORT: Input should be less than or equal to 65535" in ended.error
    assert "847291" not in ended.error


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["tail", "--nonsense"], ["demo", "--messages", "0"], ["run", "all"]], ids=" ".join
)
def test_a_wrong_command_is_a_usage_error(run: Run, arguments: list[str]) -> None:
    """Misspelt commands and options exit with 2, as shells expect, and point to the help."""
    ended = run(*arguments)
    assert ended.status == 2
    assert "Usage: " in ended.error
    assert "Traceback" not in ended.error


@pytest.mark.parametrize("arguments", [[], ["run"], ["topics"]], ids=" ".join)
def test_alone_it_lists_its_commands(run: Run, arguments: list[str]) -> None:
    """Whoever types the bare name sees what there is."""
    ended = run(*arguments)
    assert "Commands" in ended.out + ended.error
    assert ended.status in (0, 2)


@pytest.mark.parametrize("arguments", [["up"], *CLUSTER_NEEDED], ids=" ".join)
def test_a_cluster_out_of_reach_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    """No broker at the address: the address and what to check, in one line after a single time-out; nothing of the client's own."""
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
    monkeypatch.setattr(kafka, "_ANSWER_SECONDS", 0.2)

    ended = run(*arguments)

    assert (ended.status, ended.is_one_sentence) == (1, True)
    assert ended.error.startswith("otpstream: no broker answers at 127.0.0.1:1: check KAFKA_BOOTSTRAP_SERVERS, ")


def test_the_doctor_says_that_a_cluster_is_out_of_reach(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same words, as one finding among the others."""
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
    monkeypatch.setattr(kafka, "_ANSWER_SECONDS", 0.2)

    ended = run("doctor")

    assert (ended.status, ended.error) == (1, "")
    assert "no broker answers at 127.0.0.1:1: check KAFKA_BOOTSTRAP_SERVERS, " in ended.out


def test_the_doctor_says_that_the_store_is_away(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its variable, without the password; and it makes no file of a store that is SQLite."""
    assert re.search(r"^ok +store +a SQLite", run("doctor").out, re.MULTILINE)
    assert not Path("otpstream.db").exists()
    monkeypatch.setenv("CONTROL_STORE_URL", "postgresql://nobody:847291@127.0.0.1:1/none")

    ended = run("doctor")

    assert (ended.status, ended.error) == (1, "")
    assert "CONTROL_STORE_URL is right" in ended.out
    assert "847291" not in ended.out


@pytest.fixture
def forgetful_changelog(monkeypatch: pytest.MonkeyPatch) -> str:
    """Have a cluster where the changelog is there and wrong, and all else is made anew; return what is wrong of it."""
    wrong = f"too short: run `kafka-configs.sh {'--and-so-on ' * 20}retention.ms=176400000`"
    findings = [topics_admin.Finding(one, 12, wrong if one is CHANGELOG else None) for one in TOPICS]
    monkeypatch.setattr(topics, "connection", lambda _: {})
    monkeypatch.setattr(topics_admin, "check", lambda *_, **__: findings)
    monkeypatch.setattr(topics_admin, "create", lambda *_, **__: [(one, one is not CHANGELOG) for one in TOPICS])
    return f"{CHANGELOG.name}: {wrong}"


@pytest.mark.parametrize("command", ["check", "create"])
def test_what_is_wrong_of_a_topic_can_be_copied(
    run: Run, monkeypatch: pytest.MonkeyPatch, forgetful_changelog: str, command: str
) -> None:
    """On a line of its own that no narrow terminal cuts, with exit status 1: `create` too, which changes no topic that is there."""
    monkeypatch.setenv("COLUMNS", "80")

    ended = run("topics", command)

    assert (ended.status, ended.error) == (1, "")
    assert forgetful_changelog in ended.out.splitlines()


def test_a_cluster_that_goes_away_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the client in the middle of a command is told by what to check too."""

    def fails() -> Settings:
        raise KafkaException(KafkaError(KafkaError._ALL_BROKERS_DOWN, "3/3 brokers are down"))

    monkeypatch.setattr(startup, "load", fails)

    ended = run("tail")

    assert (ended.status, ended.is_one_sentence) == (1, True)
    assert "no broker answers: check KAFKA_BOOTSTRAP_SERVERS, " in ended.error


def test_a_bug_is_named_without_its_text(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an unexpected exception says may quote what is secret: its class is told, and 70."""

    def fails() -> Settings:
        raise RuntimeError("the code is 847291")

    monkeypatch.setattr(startup, "load", fails)

    ended = run("tail")

    assert (ended.status, ended.is_one_sentence) == (70, True)
    assert "RuntimeError" in ended.error
    assert "847291" not in ended.error


def test_a_subscriber_without_a_secret_is_a_sentence(run: Run) -> None:
    """There is nothing to check signatures with: the settings that are missing."""
    ended = run("subscriber")
    assert (ended.status, ended.is_one_sentence) == (1, True)
    assert "SUBSCRIPTION_URL and SUBSCRIPTION_SECRETS are not set" in ended.error


def test_an_address_in_use_is_a_sentence(run: Run) -> None:
    """The host, the port and the mend."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("sandbox", "--port", str(port))
    assert (ended.status, ended.is_one_sentence) == (1, True)
    assert f"port {port}" in ended.error


@pytest.mark.parametrize(
    "url",
    ["postgresql://nobody:847291@127.0.0.1:1/none", "sqlite:////no/such/folder/847291.db", "mysql://u:847291@h/n"],
)
@pytest.mark.parametrize(
    "arguments", [["up"], ["keys", "list"], ["keys", "create", "--client", "me", "--scope", "admin"]], ids=" ".join
)
def test_a_store_that_is_no_use_is_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], url: str
) -> None:
    """It names the variable, and says neither password nor path."""
    monkeypatch.setenv("CONTROL_STORE_URL", url)
    monkeypatch.setenv("HTTP_PORT", "0")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")

    ended = run(*arguments)

    assert (ended.status, ended.is_one_sentence) == (1, True)
    assert "CONTROL_STORE_URL" in ended.error
    assert "847291" not in ended.error


@pytest.mark.parametrize("arguments", [["rentals", "list"], ["verifications", "list"]], ids=" ".join)
def test_without_a_key_it_says_how_to_get_one(run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    """One sentence, before anybody is asked."""
    monkeypatch.delenv("OTPSTREAM_API_KEY", raising=False)

    ended = run(*arguments)

    assert (ended.status, ended.is_one_sentence) == (1, True)
    assert "otpstream keys create" in ended.error


def test_a_key_that_is_made_is_printed_once(run: Run) -> None:
    """Standard output is the key alone; the list does not hold it."""
    made = run("keys", "create", "--client", "me", "--scope", "admin")

    key = made.out.strip()
    assert (made.status, made.error, made.out.count("\n")) == (0, "", 1)
    assert key.startswith("otp_")
    assert key not in run("keys", "list").out


def test_settings_lists_every_variable(run: Run) -> None:
    """Each with its meaning on the next line, and defaults where there are some; further in stand the fields of accounts."""
    ended = run("settings")

    lines = ended.out.splitlines()
    listed = {
        line.split(" ")[0]: meaning.strip() for line, meaning in itertools.pairwise(lines) if not line.startswith(" ")
    }
    assert ended.status == 0
    assert set(listed) == {variable(path) for path, _ in leaves(Settings)}
    assert all(listed.values())
    assert "HTTP_PORT [8080]" in lines
    assert "SUBSCRIPTION_URL [required]" in lines
    assert "CONTROL_STORE_URL [sqlite:///otpstream.db]" in lines


def test_settings_shows_no_value_of_this_installation(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is of what can be set: what is set stays where it is."""
    monkeypatch.setenv("TEXT2FA_API_KEY", "847291")
    assert "847291" not in run("settings").out


@pytest.mark.parametrize("options", [[], ["--sandbox"]], ids=["up", "sandbox"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(tmp_path: Path, options: list[str], number: signal.Signals) -> None:
    """Status 0 and no traceback; what it served is free again."""
    root = Path(cli.__file__).parents[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "otpstream", "up", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": "", "HTTP_PORT": "0", "LOG_LEVEL": "ERROR"},
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("otpstream is up at http://127.0.0.1:")
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)

    assert (process.returncode, errors) == (0, "")


def test_as_a_program_too(tmp_path: Path) -> None:
    """`python -m otpstream` in a shell: standard error alone, status 1, no traceback."""
    root = Path(cli.__file__).parents[1]
    ended = subprocess.run(
        [sys.executable, "-m", "otpstream", "tail"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": ""},
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("otpstream: KAFKA_BOOTSTRAP_SERVERS is not set")
    assert ended.stderr.count("\n") == 1
