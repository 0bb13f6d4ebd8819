"""Every setting, read from the environment or a `.env` file: the name is the path through the models, joined with underscores.

`settings.text2fa.webhook.hmac_secrets` is `TEXT2FA_WEBHOOK_HMAC_SECRETS`. `otpstream settings` prints them all with their meaning.
"""

import os
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import takewhile
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Self, Union, get_args, get_origin

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ingest.providers.settings import ProvidersSettings, Text2faAccount
from ingest.settings import BODY_TIMEOUT_SECONDS, PollSettings, Text2faSettings
from otpstream.control.settings import ControlSettings
from schemas import topics
from sinks.settings import SECRET_PREFIX, SubscriptionSettings

_MISSING = {
    ("subscription", "secrets"): f"missing: make one with: echo {SECRET_PREFIX}$(openssl rand -base64 32)",
}
"""What to say of a required setting that is not there, where its name alone does not tell how to come by it."""


class SettingsError(ValueError):
    """A setting is wrong; the text names it and the mend, and holds no value."""


class Section(BaseModel):
    """One group of settings: frozen, strict about names, and silent about values, which may be secrets."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True)


class KafkaSettings(Section):
    """The Kafka cluster; without one, `otpstream up` starts its embedded broker."""

    bootstrap_servers: str | None = None
    """host:port of one or more brokers, comma-separated. Empty: the embedded broker, in memory, for one process."""
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    """How the connection is protected."""
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    """How SASL proves who we are; used with SASL_PLAINTEXT and SASL_SSL."""
    sasl_username: str | None = None
    """The SASL user."""
    sasl_password: SecretStr | None = None
    """The SASL password."""
    ssl_ca_file: Path | None = None
    """PEM file of the authority that signed the brokers' certificates. Empty: the system's."""
    ssl_certificate_file: Path | None = None
    """PEM file of our client certificate, where the brokers ask for one."""
    ssl_key_file: Path | None = None
    """PEM file of the client certificate's private key."""
    replication_factor: int = Field(default=3, ge=1, le=15)
    """Replicas of each topic that `otpstream topics create` makes; never more than there are brokers."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.security_protocol.startswith("SASL") and (self.sasl_username is None or self.sasl_password is None):
            raise ValueError(
                f"security protocol {self.security_protocol} needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD"
            )
        if (self.ssl_certificate_file is None) != (self.ssl_key_file is None):
            raise ValueError("KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE go together: set both or none")
        for name in ("ssl_ca_file", "ssl_certificate_file", "ssl_key_file"):
            file: Path | None = getattr(self, name)
            if file is not None and not (os.access(file, os.R_OK) and file.is_file()):
                raise ValueError(f"KAFKA_{name.upper()} names a file that is not there, or not ours to read")
        return self


class HttpSettings(Section):
    """Where this process listens: webhooks, /metrics and /health."""

    host: str = "127.0.0.1"
    """Address to listen on; 0.0.0.0 in a container."""
    port: int = Field(default=8080, ge=0, le=65535)
    """Port to listen on; 0 picks a free one."""
    body_timeout_seconds: float = Field(default=BODY_TIMEOUT_SECONDS, gt=0, le=300)
    """How long the body of a webhook may take to come in whole; after that the answer is 408."""


class GuaranteeSetting(StrEnum):
    """What a crash may do to the outputs."""

    AUTO = "auto"
    EXACTLY_ONCE = "exactly_once"
    AT_LEAST_ONCE = "at_least_once"


class ProcessSettings(Section):
    """The processing stage: deduplicate, extract, correlate."""

    slot: str = Field(default="0", pattern=r"^[A-Za-z0-9_.-]+$", max_length=100)
    """This process's stable place among those that share the work, unique among them: 0, 1, 2, ... or the pod's name."""
    guarantee: GuaranteeSetting = GuaranteeSetting.AUTO
    """auto: exactly_once on a real cluster, at_least_once on the embedded broker, which does not honour transactions."""
    batch_records: int = Field(default=10_000, ge=1, le=100_000)
    """The largest batch in one transaction; what waits fills it, up to this."""
    gather_seconds: float = Field(default=0.003, ge=0, le=1)
    """The shortest time between two commits under steady load: longer is kinder to the broker, shorter is sooner."""
    window_seconds: int = Field(default=24 * 3600, ge=60, le=14 * topics.DAY_SECONDS)
    """How long a message is remembered, so that a copy of it is known as one."""
    tolerance_seconds: int = Field(default=2, ge=0, le=60)
    """How far the provider's times of two copies of one SMS may differ."""
    waiting_seconds: int = Field(default=900, ge=0, le=topics.DAY_SECONDS)
    """How long a message may wait for its rental to become known."""
    verification_waiting_seconds: int = Field(default=60, ge=0, le=topics.DAY_SECONDS)
    """How long a message with a code may wait for its verification to become known; none does where nobody verifies."""
    code_life_seconds: int = Field(default=600, ge=30, le=topics.DAY_SECONDS)
    """How long a code lives where its text does not say."""
    pickup_codes: bool = False
    """Whether the code of a parcel locker or of a delivery counts as a one-time passcode."""
    card_pins: bool = False
    """Whether the lasting PIN of a payment or SIM card does."""
    initial_passwords: bool = True
    """Whether a password that is sent for the first login and then changed does."""
    poison_ratio: float = Field(default=0.5, gt=0, le=1)
    """The share of messages that may turn poison before the stage stops instead of burying everything; 1: it never stops."""
    poison_minimum: int = Field(default=20, ge=1)
    """So many poison messages at least before the share counts."""
    transaction_timeout_seconds: float = Field(default=10, ge=1, le=900)
    """When the broker gives up on a transaction that a dead process left open; until then readers of its partitions wait."""
    session_timeout_seconds: float = Field(default=6, ge=6, le=300)
    """When the group takes the partitions of a silent process away; brokers allow 6 s at the least by default."""


class LogSettings(Section):
    """What is written to standard error."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The least level that is written."""


def given() -> dict[str, str | None]:
    """Return every variable there is, ours or not: of the `.env` file, and of the environment, which wins."""
    return {**dotenv_values(".env"), **os.environ}


class _FlatEnvironment(PydanticBaseSettingsSource):
    """Reads one variable a setting; the environment wins over the `.env` file."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002
        """Return nothing: :meth:`__call__` reads all fields at once."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        variables = given()
        values: dict[str, Any] = {}
        for path, _ in leaves(self.settings_cls):
            value = variables.get(variable(path))
            # An empty variable says nothing, as in `TEXT2FA_API_KEY=`.
            if value:
                inner = values
                for name in path[:-1]:
                    inner = inner.setdefault(name, {})
                inner[path[-1]] = value
        return values


class Settings(BaseSettings):
    """All settings."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kafka: KafkaSettings = KafkaSettings()
    http: HttpSettings = HttpSettings()
    text2fa: Text2faSettings = Text2faSettings()
    providers: ProvidersSettings = ProvidersSettings()
    process: ProcessSettings = ProcessSettings()
    subscription: SubscriptionSettings | None = None
    control: ControlSettings = ControlSettings()
    log: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the base class's signature
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is handed in, then the flat environment."""
        return init_settings, _FlatEnvironment(settings_cls)

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.embedded and self.process.guarantee is GuaranteeSetting.EXACTLY_ONCE:
            raise ValueError(
                "PROCESS_GUARANTEE is exactly_once, which the embedded broker cannot give: set KAFKA_BOOTSTRAP_SERVERS, or leave it auto"
            )
        if self.text2fa.poll_lookback_seconds + topics.HOUR_SECONDS > self.process.window_seconds:
            raise ValueError(
                "TEXT2FA_POLL_LOOKBACK_SECONDS must be an hour or more below PROCESS_WINDOW_SECONDS: "
                "a poller that starts again may fetch nothing that the processors have forgotten"
            )
        self._check_accounts()
        return self

    def _check_accounts(self) -> None:
        if self._has_lone_account:
            taken = {self.text2fa.account, "default"}
            if any(one.account in taken for one in self.providers.text2fa):
                raise ValueError(
                    "PROVIDERS_TEXT2FA holds an account called as TEXT2FA_ACCOUNT says, or default, which is the one of the TEXT2FA_ "
                    "settings: give it another name, or leave the TEXT2FA_ settings out"
                )
        for system in type(self.providers).model_fields:
            for place, account in enumerate(getattr(self.providers, system), start=1):
                longest_seconds = self.process.window_seconds - topics.HOUR_SECONDS
                if isinstance(account, PollSettings) and account.poll_lookback_seconds > longest_seconds:
                    raise ValueError(
                        f"{variable(('providers', system))}: account {place}, poll_lookback_seconds: "
                        "must be an hour or more below PROCESS_WINDOW_SECONDS"
                    )

    @property
    def _has_lone_account(self) -> bool:
        return self.text2fa.api_key is not None or self.text2fa.webhook is not None

    @property
    def accounts(self) -> ProvidersSettings:
        """All accounts: the one of the TEXT2FA_ settings, where they hold a key or a webhook, before those of the lists."""
        if not self._has_lone_account:
            return self.providers
        lone = Text2faAccount.of(self.text2fa)
        return self.providers.model_copy(update={"text2fa": (lone, *self.providers.text2fa)})

    @property
    def embedded(self) -> bool:
        """Whether no cluster is named, so that the embedded broker serves."""
        return self.kafka.bootstrap_servers is None

    def with_bootstrap_servers(self, bootstrap_servers: str) -> Self:
        """Return the settings with another cluster."""
        kafka = self.kafka.model_copy(update={"bootstrap_servers": bootstrap_servers})
        return self.model_copy(update={"kafka": kafka})


def load(overrides: Mapping[str, Any] | None = None) -> Settings:
    """Read all settings.

    Raises:
        SettingsError: one line a wrong setting, each naming the variable and what is wrong with it.
    """
    try:
        return Settings(**(overrides or {}))
    except ValidationError as error:
        complaints = [_complaint(one) for one in error.errors(include_url=False, include_input=False)]
        raise SettingsError("\n".join(dict.fromkeys(complaints))) from None


def _complaint(error: Any) -> str:
    location = error["loc"]
    text = re.sub("^Value error, ", "", error["msg"])
    settings = {path for path, _ in leaves(Settings)}
    # What stands behind the setting's own name is a place in a list, or the kind of value that was tried.
    setting = next((location[:end] for end in range(len(location) + 1) if location[:end] in settings), None)
    if setting is not None:
        text = _MISSING.get(setting, text) if error["type"] == "missing" else text
        plain = re.sub(r"`(\w+)`", r"\1", text)
        return f"{variable(setting)}: {_place(location[len(setting) :], setting)}{plain}"
    if error["type"] != "value_error":
        return f"{variable(location)}: {text}"
    # Of several settings that do not fit together: the text names each, as a field of its model or as its variable.
    return re.sub(r"`(\w+)`", lambda field: variable((*location, field[1])), text)


def _place(rest: tuple[str | int, ...], setting: tuple[str, ...]) -> str:
    """Say which account of a list is meant, and which of its fields; nothing for any other setting."""
    if setting[0] != "providers" or not rest or not isinstance(rest[0], int):
        return ""
    fields = takewhile(lambda part: isinstance(part, str), rest[1:])
    return ", ".join((f"account {rest[0] + 1}", ".".join(map(str, fields)))).rstrip(", ") + ": "


def variable(path: tuple[str, ...]) -> str:
    """Name the environment variable of a setting, by its path through the models."""
    return "_".join(path).upper()


def leaves(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    """Yield every single setting below a model, with its path."""
    for name, field in model.model_fields.items():
        inner = _inner_model(field.annotation)
        if inner is None:
            yield (*path, name), field
        else:
            yield from leaves(inner, (*path, name))


def account_model(field: FieldInfo) -> type[BaseModel] | None:
    """Return the model of each account where a setting is a list of accounts, which is one JSON value in the environment."""
    is_list = get_origin(field.annotation) is tuple
    return _inner_model(get_args(field.annotation)[0]) if is_list else None


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    options = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    return next((one for one in options if isinstance(one, type) and issubclass(one, BaseModel)), None)
