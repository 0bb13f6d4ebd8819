"""One connection in the words of three clients."""

from typing import Any

import pytest
from faststream.security import SASLPlaintext, SASLScram256, SASLScram512

from otpstream import kafka
from otpstream.embedded_broker import embedded_broker
from otpstream.settings import KafkaSettings

PASSWORD = "s3cret-847291"


def secured(protocol: str = "SASL_PLAINTEXT", mechanism: str = "SCRAM-SHA-512") -> KafkaSettings:
    return KafkaSettings.model_validate(
        {
            "bootstrap_servers": "one:9092, two:9092 ,",
            "security_protocol": protocol,
            "sasl_mechanism": mechanism,
            "sasl_username": "user",
            "sasl_password": PASSWORD,
        }
    )


def test_servers_are_a_list() -> None:
    """One string with commas is one host to aiokafka: it gets a list."""
    assert kafka.servers(secured()) == ["one:9092", "two:9092"]
    assert kafka.aiokafka(secured())["bootstrap_servers"] == ["one:9092", "two:9092"]
    assert kafka.librdkafka(secured())["bootstrap.servers"] == "one:9092,two:9092"


def test_each_client_gets_the_credentials() -> None:
    """User, password and mechanism, under each client's own names."""
    ours = {"user", PASSWORD, "SCRAM-SHA-512", "SASL_PLAINTEXT"}
    assert ours <= {str(value) for value in kafka.librdkafka(secured()).values()}
    assert ours <= {str(value) for value in kafka.aiokafka(secured()).values()}


@pytest.mark.parametrize(
    ("mechanism", "kind"), [("PLAIN", SASLPlaintext), ("SCRAM-SHA-256", SASLScram256), ("SCRAM-SHA-512", SASLScram512)]
)
@pytest.mark.parametrize(("protocol", "encrypted"), [("SASL_PLAINTEXT", False), ("SASL_SSL", True)])
def test_faststream_gets_the_same(mechanism: str, kind: type[SASLPlaintext], protocol: str, encrypted: bool) -> None:
    """The mechanism that is set, over TLS exactly where it is set."""
    security: Any = kafka.faststream_security(secured(protocol, mechanism))

    assert isinstance(security, kind)
    assert (security.username, security.password) == ("user", PASSWORD)
    assert security.use_ssl is encrypted
    assert (security.ssl_context is not None) is encrypted


def test_a_plain_connection_has_no_credentials() -> None:
    """A password that is set but not asked for is sent to nobody."""
    plain = secured("PLAINTEXT")
    assert PASSWORD not in repr(kafka.librdkafka(plain)) + repr(kafka.aiokafka(plain))
    assert kafka.faststream_security(plain) is None


def test_tls_without_sasl() -> None:
    """Encrypted, and no credentials."""
    settings = KafkaSettings(bootstrap_servers="one:9093", security_protocol="SSL")
    security = kafka.faststream_security(settings)
    assert security is not None
    assert security.use_ssl
    assert kafka.aiokafka(settings)["ssl_context"] is not None
    assert "sasl.password" not in kafka.librdkafka(settings)


@pytest.mark.parametrize(
    ("changes", "checks"),
    [
        ({"bootstrap_servers": "no-such-host.invalid:9092"}, "the name is not known"),
        ({"security_protocol": "SSL"}, "KAFKA_SECURITY_PROTOCOL"),
        ({"security_protocol": "SASL_PLAINTEXT"}, "we are refused; check KAFKA_SASL_MECHANISM"),
    ],
    ids=["name", "tls", "sasl"],
)
def test_a_broker_that_cannot_be_talked_to_says_what_to_check(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], changes: dict[str, str], checks: str
) -> None:
    """By what the client met: a name, a protocol, or a user; without the password and without the client's own lines."""
    monkeypatch.setattr(kafka, "_ANSWER_SECONDS", 1.0)
    user = {"sasl_username": "user", "sasl_password": PASSWORD, "sasl_mechanism": "PLAIN"}
    with embedded_broker() as servers:
        assert kafka.brokers(KafkaSettings(bootstrap_servers=servers)) == 1
        settings = KafkaSettings.model_validate({"bootstrap_servers": servers, **user, **changes})
        with pytest.raises(kafka.ClusterAway, match="no broker answers at ") as away:
            kafka.brokers(settings)

    assert checks in str(away.value)
    assert PASSWORD not in str(away.value)
    assert capfd.readouterr().err == ""
