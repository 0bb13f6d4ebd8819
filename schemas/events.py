"""The events of the stream: an SMS as received, the unique message it becomes, the code read out of it.

Every event is frozen, written strictly and read tolerantly: an unknown field is ignored, so that yesterday's reader survives
tomorrow's writer. Times are aware and written as RFC 3339 in UTC. `tests/compatibility` holds bytes of every version ever written.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

Path = Literal["webhook", "poll"]
"""How an SMS reached us: pushed by the provider, or fetched by the poller."""

CodeKind = Literal["numeric", "alphanumeric", "origin_bound"]

Line = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*:.+$", max_length=200)]
"""A provider's handle for a number or an order: `<provider>:<their id>`, for example `text2fa:12345`."""

Phone = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{5,14}$")]
"""A phone number in E.164, with the plus."""


class Unreadable(ValueError):
    """The bytes are not the event that they should be: dead letter, never retried.

    `str()` names the fields and what is wrong with each; it never holds a value, since values hold codes.
    """


class Event(BaseModel):
    """What every event shares: frozen, JSON in UTF-8, a CloudEvents type."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    ce_type: ClassVar[str]
    """The CloudEvents `type` attribute: reverse-free, dotted, ending in the major version."""

    def encode(self) -> bytes:
        """Return the event as JSON, UTF-8."""
        return self.__pydantic_serializer__.to_json(self)

    @classmethod
    def decode(cls, value: bytes | str | None) -> Self:
        """Read the event from JSON.

        Raises:
            Unreadable: not JSON, or not this event; names the fields, holds no value.
        """
        try:
            event = cls.__pydantic_validator__.validate_json(b"" if value is None else value)
        except ValidationError as error:
            raise Unreadable(f"not a {cls.__name__}: {complaints(error)}") from None
        assert isinstance(event, cls)  # noqa: S101 - tells the type checker what the validator returns
        return event


def complaints(error: ValidationError) -> str:
    """Say which fields are wrong and how, without the values that a pydantic message would quote."""
    wrong = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['type']}" for one in wrong)


class SmsReceived(Event):
    """One SMS as one path delivered it, normalised; the same SMS may come again by the other path.

    Topic: `otp.sms.v1`, keyed by line.
    """

    ce_type = "otp.sms.received.v1"

    sms_id: str = Field(min_length=1, max_length=64)
    """Ours, random, given at receipt; says nothing of the content."""
    provider: str = Field(min_length=1, max_length=40)
    account: str = Field(default="default", max_length=40)
    """Which of our accounts at the provider."""
    line: Line
    path: Path
    sender: str = Field(max_length=256)
    """As the provider wrote it: a phone number, a short code or a name such as `Facebook`."""
    text: str = Field(max_length=65536)
    received_at: AwareDatetime
    """When the provider received the SMS: the provider's clock, mostly whole seconds."""
    ingested_at: AwareDatetime
    """When we accepted it: our clock."""
    phone: Phone | None = None
    """The number that received it, where the provider says so in the message itself."""
    provider_message_id: str | None = Field(default=None, max_length=200)
    """The provider's id of the SMS. Set only where *every* path of that provider carries it: it then decides alone what a duplicate is."""


class Message(Event):
    """One unique SMS, with its code or the reason why there is none, and what it belongs to.

    Topic: `otp.messages.v1`, keyed by line. Revision 1 goes out at once; a later revision says more of the same message.
    """

    ce_type = "otp.message.v1"

    message_id: str
    """The `sms_id` of the copy that came first."""
    revision: int = Field(ge=1)
    """1 at first; one more each time that the rental or the verification became known after the SMS."""
    provider: str
    account: str
    line: Line
    path: Path
    """The path that was first."""
    phone: Phone | None
    sender: str
    text: str
    received_at: AwareDatetime
    ingested_at: AwareDatetime
    processed_at: AwareDatetime
    """When this revision was made: our clock."""
    code: str | None
    """As the product wants it typed: separators dropped, zeros kept. None: no code in it."""
    confidence: float = Field(ge=0, le=1)
    reason: str
    """Why this code, or why none: a word of a bounded set."""
    kind: CodeKind | None
    service: str | None
    """The service or brand that the text or the sender names."""
    valid_seconds: int | None
    """How long the code lives, where the text says so; counted from `received_at`."""
    rental_id: str | None
    """The rental that the line was under when the SMS was received; None while unknown."""
    verification_id: str | None = None
    """The verification that was live for that phone when the SMS was received; None where there was none, and while unknown."""


class Code(Event):
    """A code, ready for whoever waits for it; the text of the SMS stays behind in `otp.messages.v1`.

    Topic: `otp.codes.v1`, keyed by phone where it is known, else by line.
    """

    ce_type = "otp.code.v1"

    message_id: str
    revision: int = Field(ge=1)
    """1 when the code was read; one more each time that the rental or the verification became known later: the same code, now tied."""
    code: str
    confidence: float = Field(ge=0, le=1)
    kind: CodeKind
    service: str | None
    provider: str
    account: str
    line: Line
    phone: Phone | None
    sender: str
    rental_id: str | None
    received_at: AwareDatetime
    ingested_at: AwareDatetime
    processed_at: AwareDatetime
    expires_at: AwareDatetime
    """`received_at` plus the stated validity, or plus the default of the settings; a push after this is stale.

    Counted from `ingested_at` where the provider's time is not credible: see `processors/expire.py`."""
    verification_id: str | None = None
    """The verification that was live for that phone when the SMS was received; None where there was none, and while unknown."""

    @property
    def event_id(self) -> str:
        """The id of this event, stable over every retry: `ce_id` on Kafka, `webhook-id` on pushes."""
        return event_id(self.message_id, self.revision)


def event_id(message_id: str, revision: int) -> str:
    """Name one revision of a message: the message's own id at first, `<id>-<revision>` after that."""
    return message_id if revision == 1 else f"{message_id}-{revision}"
