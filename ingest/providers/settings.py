"""What an operator can set of the providers: a list of accounts for each system, plain frozen models."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AnyHttpUrl, BeforeValidator, Field, SecretStr, field_validator, model_validator

from ingest.providers.keys import KeyRing, fits_in_a_header, keys_in_file
from ingest.settings import (
    DAY_SECONDS,
    CommaSeparated,
    EmptyIsNone,
    PollSettings,
    Secrets,
    Settings,
    Text2faSettings,
    WebhookAuthenticationSettings,
)

CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
FieldNames = Annotated[tuple[str, ...], CommaSeparated, Field(min_length=1, max_length=4)]
DashboardKind = Literal["s1", "s2", "rental"]
"""The three kinds of order of the Text2FA dashboard; an order id of one means nothing to the others."""


class AccountSettings(Settings):
    """What every account at every provider has."""

    account: str = Field(default="default", pattern=r"^[A-Za-z0-9_.-]+$", max_length=40)
    """Our name for the account, carried by its events."""
    base_url: AnyHttpUrl
    """Where the API is."""
    api_keys: Secrets = ()
    """The key in use and, while it is being rotated, the other one: whichever the provider accepts is used."""
    api_key_file: Annotated[Path | None, EmptyIsNone] = None
    """A file with the key instead, one or two a line each, read anew for each call: a rotation needs no restart."""
    request_timeout_seconds: float = Field(default=10, gt=0, le=120)
    """How long one request may take in all; half of it for the connection."""
    requests_per_second: float = Field(default=5, gt=0, le=1000)
    """How many requests may start in a second, retries included."""
    concurrent_requests: int = Field(default=8, ge=1, le=1000)
    """How many requests may be under way at the same time."""
    breaker_failures: int = Field(default=10, ge=1, le=1000)
    """So many failures in a row, retries included, and the provider is taken to be down and left alone."""
    breaker_pause_seconds: float = Field(default=15, gt=0, le=3600)
    """For how long, before one request may probe."""

    @field_validator("api_keys")
    @classmethod
    def _fit_in_a_header(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        """Refuse what HTTP cannot carry here, since the client's own error would quote it."""
        stripped = tuple(key.get_secret_value().strip() for key in keys)
        if not all(stripped) or not all(map(fits_in_a_header, stripped)):
            raise ValueError("api_keys holds an empty key, or characters that no HTTP header can carry: copy it again")
        return tuple(map(SecretStr, stripped))

    @model_validator(mode="after")
    def _one_source_of_keys(self) -> Self:
        if self.api_keys and self.api_key_file is not None:
            raise ValueError("api_keys and api_key_file are both set: leave one out")
        return self

    @property
    def has_key(self) -> bool:
        """Whether calls can be made at all."""
        return bool(self.api_keys) or self.api_key_file is not None

    def key_ring(self, provider: str) -> KeyRing:
        """Return the account's keys, read anew each time they are asked for."""
        file = self.api_key_file
        if file is not None:
            return KeyRing(provider, lambda: keys_in_file(file))
        return KeyRing(provider, lambda: [key.get_secret_value() for key in self.api_keys])


class Text2faAccount(AccountSettings, PollSettings):
    """One account at Text2FA, API v1.

    Source: Text2FA API Integration Guide, 2025-06-26.
    """

    base_url: AnyHttpUrl = AnyHttpUrl("https://api.text2fa.com")
    """Where the API is; the paths `/v1/...` are added to it."""
    webhook: WebhookAuthenticationSettings | None = None
    """How webhooks prove where they come from; None: there is no webhook route."""

    @classmethod
    def of(cls, settings: Text2faSettings) -> Self:
        """Return the account of the settings of a lone one."""
        shared = {name: getattr(settings, name) for name in cls.model_fields.keys() & type(settings).model_fields}
        return cls(**shared, api_keys=() if settings.api_key is None else (settings.api_key,))


class WebhookShape(Settings):
    """How the dashboard's webhooks are laid out: the provider does not say, so what is read by itself can be overruled."""

    fields: dict[str, str] = Field(default_factory=dict)
    """Where a field stands that is not found by itself: our name → dotted path in the body, as `order_id` → `data.order.uid`.
    Our names: event, kind, order_id, number, country, service, status, text, sender, received_at, started_at, ends_at."""
    kinds: dict[str, DashboardKind] = Field(default_factory=dict)
    """Which kind of order a word in the field `kind` means, besides s1, s2 and rental."""
    events: dict[str, Literal["sms", "rental"]] = Field(default_factory=dict)
    """What a word in the field `event` means, where it is not plain: sms, or rental for whatever becomes of a number or an order."""
    default_kind: Annotated[DashboardKind | None, EmptyIsNone] = None
    """The kind of an order where neither the body nor a known order tells; None: such a webhook is a dead letter."""


class Text2faDashboardAccount(AccountSettings, PollSettings):
    """One account at the Text2FA dashboard API.

    Source: Text2FA API documentation of the dashboard; it shows requests, and no replies.
    """

    base_url: AnyHttpUrl = AnyHttpUrl("https://app.text2fa.com")
    """Where the API is; the paths `/api/v1/...` are added to it."""
    kinds: Annotated[tuple[DashboardKind, ...], CommaSeparated] = ("s1", "s2", "rental")
    """Which suppliers the account is: text2fa-s1, text2fa-s2, text2fa-rental."""
    country: CountryCode = "US"
    """The country of phone numbers that come without one and without a plus, and of the numbers of S2 and by the day."""
    time_zone: str = "UTC"
    """The zone of times that come without an offset, such as `America/New_York`."""
    s2_service_fields: FieldNames = ("service_key", "key")
    """Under which names the service goes into an S2 request: the text says the first, its example the second."""
    s2_area_fields: FieldNames = ("areas", "state")
    """Under which names the area goes into an S2 request: the example says the first, S1 the second."""
    earliest_cancel_seconds: float = Field(default=0, ge=0, le=DAY_SECONDS)
    """How long after its start an order cannot be given back yet; the documentation names no such window."""
    rejects_are_refunded: bool = False
    """Whether a one-time number that ends without an SMS is paid back though no reply says so; the documentation leaves it open."""
    is_told_by_text: bool = False
    """Whether the text alone tells one SMS of an order from another: for accounts where only one of webhook and poll gives its time."""
    webhook: WebhookAuthenticationSettings | None = None
    """How webhooks prove where they come from; None: there is no webhook route."""
    webhook_shape: WebhookShape = WebhookShape()
    """How webhooks are laid out."""

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            _zone(name)
        except (KeyError, OSError, ValueError):
            raise ValueError("time_zone is no zone of this machine's IANA database, such as Europe/Riga") from None
        return name

    @property
    def zone(self) -> tzinfo:
        """The zone of times that come without an offset."""
        return _zone(self.time_zone)


def _zone(name: str) -> tzinfo:
    """Return a zone; UTC needs no database, which small containers do not have."""
    return UTC if name == "UTC" else ZoneInfo(name)


class TextmagicAccount(AccountSettings):
    """One account at TextMagic, for verifications.

    Source: TextMagic, "Send Two-Factor Authentication Messages".
    """

    base_url: AnyHttpUrl = AnyHttpUrl("https://rest.textmagic.com")
    """Where the API is; the paths `/api/v2/...` are added to it."""
    username: str = Field(pattern=r"^[!-9;-~]+$", max_length=100)
    """The user that the key belongs to."""
    authentication: Literal["basic", "headers"] = "basic"
    """basic: HTTP Basic · headers: X-TM-Username and X-TM-Key."""
    requests_per_second: float = Field(default=20, gt=0, le=1000)
    """How many requests may start in a second, retries included; the provider allows 20."""


class RentalApiAccount(AccountSettings, PollSettings):
    """One account at a supplier that offers the four endpoints getNumbers, rentNumber, getSMS and cancelNumber.

    Source: SMS verification API, "Technical Documentation".
    """

    name: str = Field(default="rental", pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)
    """The supplier's name in its lines, as in `rental:rent_12345`; another one for each further supplier."""
    body_format: Literal["json", "form"] = "json"
    """How bodies of POSTs are written; the documentation does not say."""
    earliest_cancel_seconds: float = Field(default=0, ge=0, le=DAY_SECONDS)
    """How long after its start a rental cannot be cancelled yet; the documentation names no such window."""


_A = TypeVar("_A", bound=AccountSettings)


def _list_in_json(value: Any) -> Any:
    """Read a list that the environment brings as one string."""
    if not isinstance(value, str):
        return value
    try:
        accounts = json.loads(value) if value.strip() else []
    except ValueError:
        accounts = None
    if isinstance(accounts, list):
        return accounts
    raise ValueError('not a JSON list of accounts, as [{"account": "main", "api_keys": ["KEY"]}]')


Accounts = Annotated[tuple[_A, ...], BeforeValidator(_list_in_json)]
"""Accounts at one system; in the environment a JSON list."""


class ProvidersSettings(Settings):
    """All accounts at all providers."""

    text2fa: Accounts[Text2faAccount] = ()
    """Accounts at Text2FA, API v1."""
    text2fa_dashboard: Accounts[Text2faDashboardAccount] = ()
    """Accounts at the Text2FA dashboard API."""
    textmagic: Accounts[TextmagicAccount] = ()
    """Accounts at TextMagic."""
    rental: Accounts[RentalApiAccount] = ()
    """Accounts at suppliers with the four endpoints."""

    @model_validator(mode="after")
    def _are_told_apart(self) -> Self:
        names = Counter((system, _name(account)) for system, account in self._all())
        for (system, name), count in names.items():
            if count > 1:
                raise ValueError(f"`{system}`: two accounts are called {name}: give each an account of its own")
        for system, account in self._all():
            if not account.has_key and getattr(account, "webhook", None) is None:
                raise ValueError(f"`{system}`: account {account.account} has no key: set its api_keys or api_key_file")
        hosts = {(account.name, account.base_url) for account in self.rental}
        if len(hosts) > len({name for name, _ in hosts}):
            raise ValueError(
                "`rental`: two suppliers at different addresses share a name, and their rental ids could be equal: "
                "give each a name of its own"
            )
        return self

    def _all(self) -> Iterator[tuple[str, AccountSettings]]:
        for system in type(self).model_fields:
            for account in getattr(self, system):
                yield system, account


def _name(account: AccountSettings) -> str:
    """Name an account within its system."""
    return f"{account.name}/{account.account}" if isinstance(account, RentalApiAccount) else account.account
