"""What an operator can set of the fraud guard."""

from pydantic import BaseModel, ConfigDict, Field

HOUR_SECONDS = 3600
WEEK_SECONDS = 7 * 24 * HOUR_SECONDS


class FraudSettings(BaseModel):
    """When a verification is not started because somebody may be pumping messages or calls."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True)

    client_limit: int = Field(default=1000, ge=1)
    """How many verifications one client may ask for in client_window_seconds."""
    client_window_seconds: int = Field(default=HOUR_SECONDS, ge=1, le=WEEK_SECONDS)
    """The window of client_limit."""
    phone_limit: int = Field(default=5, ge=1)
    """How many verifications one phone may get in phone_window_seconds, whoever asks."""
    phone_window_seconds: int = Field(default=HOUR_SECONDS, ge=1, le=WEEK_SECONDS)
    """The window of phone_limit."""
    prefix_limit: int = Field(default=2000, ge=1)
    """How many verifications the phones of one country prefix may get in prefix_window_seconds."""
    prefix_window_seconds: int = Field(default=HOUR_SECONDS, ge=1, le=WEEK_SECONDS)
    """The window of prefix_limit."""
    conversion_window_seconds: int = Field(default=6 * HOUR_SECONDS, ge=300, le=WEEK_SECONDS)
    """How far back completed and started verifications of a country prefix are counted."""
    conversion_minimum_started: int = Field(default=50, ge=1)
    """So many started verifications of a prefix must be over before its conversion is judged."""
    conversion_floor: float = Field(default=0.2, ge=0, le=1)
    """A prefix whose share of completed among started ones is below this is held; 0: none is ever held by itself."""
    hold_seconds: int = Field(default=HOUR_SECONDS, ge=1, le=WEEK_SECONDS)
    """How long a prefix is held once its conversion collapsed; its conversion counts anew after that."""
