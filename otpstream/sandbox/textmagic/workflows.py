"""In which order a verification sends its code by SMS and by text-to-speech calls.

Source: TextMagic, "Verification workflow" and the documentation of `workflowId`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Channel(StrEnum):
    """How a code travels."""

    SMS = "sms"
    TTS = "tts"


_SMS, _TTS = Channel.SMS, Channel.TTS

WORKFLOWS: Mapping[str, tuple[Channel, ...]] = MappingProxyType(
    {
        "1": (_SMS, _TTS, _TTS),
        "2": (_SMS, _SMS, _TTS),
        "3": (_TTS, _TTS),
        "4": (_SMS, _SMS),
        "5": (_SMS, _TTS),
        "6": (_SMS,),
        "7": (_TTS,),
    }
)
"""The steps by `workflowId`."""

DEFAULT_WORKFLOW = "1"
STEP_SECONDS = 60.0
"""Time between two steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentStep:
    """One SMS or call that carried a code to a phone."""

    verify_id: str
    step: int
    """From 0."""
    channel: Channel
    phone: str = field(repr=False)
    """E.164."""
    sender: str
    language: str
    text: str = field(repr=False)
    """What is written or spoken."""
    code: str = field(repr=False)
    sent_at: datetime
    handed_over: bool
    """True if a number of the sandbox took it in; calls never are."""
