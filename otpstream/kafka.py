"""The connection to Kafka, in the words of each client: librdkafka's for the processors and the CLI, aiokafka's for ingest and sinks.

Also what an operator is told where no broker answers: what to check, in one sentence.
"""

import logging
from typing import Any

from aiokafka.helpers import create_ssl_context
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient
from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512

from otpstream.settings import KafkaSettings

CLIENT_ID = "otpstream"

_log = logging.getLogger("librdkafka")
_unheard = logging.getLogger("otpstream.kafka.unheard")
_unheard.addFilter(lambda _: False)
"""For what librdkafka tells, many times a second, while nobody answers: our own sentence says it."""

_ANSWER_SECONDS = 8.0
"""Long enough for TLS and SASL over a slow line, and for a broker that starts again; short for who waits at a shell."""
_NETWORK = "check KAFKA_BOOTSTRAP_SERVERS, KAFKA_SECURITY_PROTOCOL and the network"
_CHECKS = {
    KafkaError._RESOLVE: "the name is not known; check KAFKA_BOOTSTRAP_SERVERS",
    KafkaError._AUTHENTICATION: "we are refused; check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD",
    KafkaError._SSL: "TLS fails; check KAFKA_SSL_CA_FILE, KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE",
}
_AWAY = frozenset({KafkaError._TRANSPORT, KafkaError._TIMED_OUT, KafkaError._ALL_BROKERS_DOWN, *_CHECKS})

_FASTSTREAM_SASL = {"PLAIN": SASLPlaintext, "SCRAM-SHA-256": SASLScram256, "SCRAM-SHA-512": SASLScram512}


def servers(settings: KafkaSettings) -> list[str]:
    """Return the bootstrap servers as a list: aiokafka and FastStream take a comma-joined string for one host."""
    return [one.strip() for one in (settings.bootstrap_servers or "").split(",") if one.strip()]


class ClusterAway(RuntimeError):
    """No broker answers; the text says what to check."""


def brokers(settings: KafkaSettings) -> int:
    """Ask the cluster how many brokers it has: before anything else, so that an address that is wrong is one sentence.

    Raises:
        ClusterAway: none answered within seconds; or the connection cannot even be tried.
    """
    faults: list[KafkaError] = []
    config: dict[str, Any] = {**librdkafka(settings), "logger": _unheard, "error_cb": faults.append}
    try:
        admin = AdminClient(config)
        return len(admin.list_topics(timeout=_ANSWER_SECONDS).brokers)
    except KafkaException as error:
        if error.args[0].code() not in _AWAY:
            raise ClusterAway(f"the connection to Kafka cannot be set up: {error.args[0].str()}") from None
    admin.poll(0)
    checks = next((_CHECKS[fault.code()] for fault in faults if fault.code() in _CHECKS), _NETWORK)
    raise ClusterAway(f"no broker answers at {','.join(servers(settings))}: {checks}")


def told(error: KafkaError) -> str:
    """Say what a fault of librdkafka means to an operator."""
    return f"no broker answers: {_CHECKS.get(error.code(), _NETWORK)}" if error.code() in _AWAY else error.str()


def librdkafka(settings: KafkaSettings) -> dict[str, Any]:
    """Return the connection settings of confluent-kafka clients."""
    config: dict[str, Any] = {
        "bootstrap.servers": ",".join(servers(settings)),
        "client.id": CLIENT_ID,
        "security.protocol": settings.security_protocol,
        "log_level": 3,
        "logger": _log,
    }
    if (password := _sasl_password(settings)) is not None:
        config |= {
            "sasl.mechanism": settings.sasl_mechanism,
            "sasl.username": settings.sasl_username,
            "sasl.password": password,
        }
    files = {
        "ssl.ca.location": settings.ssl_ca_file,
        "ssl.certificate.location": settings.ssl_certificate_file,
        "ssl.key.location": settings.ssl_key_file,
    }
    return config | {name: str(file) for name, file in files.items() if file is not None}


def aiokafka(settings: KafkaSettings) -> dict[str, Any]:
    """Return the connection settings of aiokafka clients."""
    config: dict[str, Any] = {
        "bootstrap_servers": servers(settings),
        "client_id": CLIENT_ID,
        "security_protocol": settings.security_protocol,
        "ssl_context": _ssl_context(settings),
    }
    if (password := _sasl_password(settings)) is not None:
        config |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": password,
        }
    return config


def faststream_security(settings: KafkaSettings) -> BaseSecurity | None:
    """Return the security of FastStream's broker, None on a plain connection."""
    context = _ssl_context(settings)
    if (password := _sasl_password(settings)) is not None:
        return _FASTSTREAM_SASL[settings.sasl_mechanism](
            username=settings.sasl_username or "",
            password=password,
            ssl_context=context,
            use_ssl=context is not None,
        )
    return None if context is None else BaseSecurity(ssl_context=context, use_ssl=True)


def _sasl_password(settings: KafkaSettings) -> str | None:
    """Return the password in clear, None where the protocol asks for none: one that is set all the same is not sent."""
    if settings.sasl_password is None or not settings.security_protocol.startswith("SASL"):
        return None
    return settings.sasl_password.get_secret_value()


def _ssl_context(settings: KafkaSettings) -> Any:
    if not settings.security_protocol.endswith("SSL"):
        return None
    paths = (settings.ssl_ca_file, settings.ssl_certificate_file, settings.ssl_key_file)
    ca, certificate, key = (None if path is None else str(path) for path in paths)
    return create_ssl_context(cafile=ca, certfile=certificate, keyfile=key)
