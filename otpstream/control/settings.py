"""What an operator can set of the control plane: plain frozen models, filled by the composition root."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, field_validator

from otpstream.control.verifications.settings import VerificationSettings

DAY_SECONDS = 86_400


def _none_if_empty(value: Any) -> Any:
    """Take an empty string, which is how the environment says nothing, for no value."""
    return None if isinstance(value, str) and not value.strip() else value


def _none_if_never(value: Any) -> Any:
    return None if value == "never" else _none_if_empty(value)


_Optional = BeforeValidator(_none_if_empty)
_OptionalOrNever = BeforeValidator(_none_if_never)


class Settings(BaseModel):
    """What all settings share: frozen, strict about names, never quoting a value in an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True)


class StoreSettings(Settings):
    """The SQL store."""

    url: SecretStr = SecretStr("sqlite:///otpstream.db")
    """sqlite:///file, or postgresql://user:password@host/name in production; a store on SQLite serves one process."""
    relay_interval_seconds: float = Field(default=0.2, gt=0, le=60)
    """How often the outbox is looked at for what is to be told on Kafka."""
    messages_kept_seconds: int = Field(default=DAY_SECONDS, ge=60, le=30 * DAY_SECONDS)
    """How long messages can be asked for over HTTP."""
    idempotency_kept_seconds: int = Field(default=DAY_SECONDS, ge=600, le=30 * DAY_SECONDS)
    """How long the answer to an Idempotency-Key is remembered."""

    @field_validator("url")
    @classmethod
    def _is_known(cls, url: SecretStr) -> SecretStr:
        # Most commands never open the store, and SQLAlchemy takes a while to load.
        from otpstream.control.store.engine import StoreError, store_url

        try:
            store_url(url.get_secret_value())
        except StoreError as error:
            raise ValueError(str(error)) from None
        return url


class RentalSettings(Settings):
    """Renting: money, time and what to do when nobody knows what happened."""

    spend_cap_per_day: Annotated[Decimal | None, _Optional] = Field(default=None, ge=0)
    """What one client may spend in a UTC day, in the suppliers' currency, unless its own cap is set; empty: no cap."""
    assumed_price: Decimal = Field(default=Decimal(1), ge=0)
    """What a rental is taken to cost, against the cap, where its supplier names no price; of one by the day, each day."""
    live_rentals_limit: int = Field(default=1000, ge=1)
    """How many rentals of one client may live at the same time, unless its own limit is set."""
    auto_cancel_seconds: Annotated[float | None, _OptionalOrNever] = Field(default=1200, gt=0, le=DAY_SECONDS)
    """After this long without a code a one-time number is given back; the word never: it is not."""
    orphans: Literal["adopt", "release"] = "adopt"
    """What becomes of a rental that lives at a supplier though nobody here asked for it: kept under watch, or given back."""
    call_timeout_seconds: float = Field(default=60, gt=0, le=600)
    """How long a call that spends money may take in all before its outcome counts as unknown."""
    intent_grace_seconds: float = Field(default=60, gt=0, le=3600)
    """How long after a call the supplier's lists may take to show what it did."""
    reconcile_interval_seconds: float = Field(default=60, gt=0, le=3600)
    """How often the suppliers' lists are compared with ours."""
    unsettled_interval_seconds: float = Field(default=5, gt=0, le=3600)
    """How often they are compared while the outcome of a call is unknown."""
    upkeep_interval_seconds: float = Field(default=1, gt=0, le=60)
    """How often rentals are looked through for those to end or to give back."""
    cancel_retry_seconds: float = Field(default=60, gt=0, le=3600)
    """How long after a supplier refused to take a number back it is asked again."""
    offers_kept_seconds: float = Field(default=60, ge=0, le=3600)
    """How long services and prices are remembered."""
    balance_interval_seconds: float = Field(default=300, gt=0, le=DAY_SECONDS)
    """How often balances are fetched."""


class FacadeSettings(Settings):
    """The four-endpoint API that partners speak to us."""

    enabled: bool = False
    """Whether /getNumbers, /rentNumber, /getSMS and /cancelNumber are served."""
    margin_percent: Decimal = Field(default=Decimal(0), ge=0, le=10_000)
    """What partners pay on top of the suppliers' prices, unless their own margin is set."""
    service: Annotated[str | None, _Optional] = Field(default=None, max_length=200)
    """The service that is asked for where a partner names none; empty: only numbers that need none."""
    settle_seconds: float = Field(default=20, ge=0, le=300)
    """How long a partner waits for a rental whose outcome is unknown; after that it is given back should it turn up."""


class ControlSettings(Settings):
    """The control plane."""

    store: StoreSettings = StoreSettings()
    rentals: RentalSettings = RentalSettings()
    facade: FacadeSettings = FacadeSettings()
    verifications: VerificationSettings = VerificationSettings()
