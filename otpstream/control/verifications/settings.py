"""What an operator can set of verifications."""

from pydantic import BaseModel, ConfigDict, Field

from otpstream.control.fraud.settings import FraudSettings


class VerificationSettings(BaseModel):
    """How verifications are run."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True)

    attempts_limit: int = Field(default=5, ge=1, le=100)
    """How many codes may be checked per verification."""
    call_timeout_seconds: float = Field(default=30, gt=0, le=120)
    """How long one call to a provider may take in all, waiting for its rate limit included; then its outcome is unknown, if it had left."""
    tick_seconds: float = Field(default=1, gt=0, le=30)
    """How often the clock looks for steps, expiries and cancels that are due."""
    tick_batch: int = Field(default=500, ge=1, le=10_000)
    """How many verifications one look of the clock moves on at the most."""
    fraud: FraudSettings = FraudSettings()
    """When a verification is not started because somebody may be pumping messages or calls."""
