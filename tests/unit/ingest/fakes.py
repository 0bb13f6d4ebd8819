"""Publishers for tests, and what reads back what they were given; the webhook of Text2FA."""

from collections.abc import Sequence
from typing import Any

from ingest.providers import text2fa
from ingest.providers.registry import WebhookRoute
from ingest.publisher import BrokerAway, Outgoing
from ingest.settings import WebhookAuthenticationSettings
from schemas.dead_letters import DeadLetter
from schemas.events import SmsReceived
from schemas.rentals import RentalState
from schemas.topics import RENTALS, SMS, SMS_DEAD


def text2fa_webhook(authentication: dict[str, Any], *, account: str = "default") -> WebhookRoute:
    """Return the webhook of one account at Text2FA."""
    path = "/webhooks/text2fa" if account == "default" else f"/webhooks/text2fa/{account}"
    settings = WebhookAuthenticationSettings.model_validate(authentication)
    return WebhookRoute(path, text2fa.PROVIDER, account, settings, text2fa.read_webhook)


class RecordingPublisher:
    """Acknowledges and remembers everything."""

    def __init__(self) -> None:
        self.records: list[Outgoing] = []

    async def publish(self, records: Sequence[Outgoing]) -> None:
        self.records.extend(records)

    def of(self, topic: str) -> list[Outgoing]:
        return [record for record in self.records if record.topic == topic]

    @property
    def sms(self) -> list[SmsReceived]:
        return [SmsReceived.decode(record.value) for record in self.of(SMS.name)]

    @property
    def rentals(self) -> list[RentalState]:
        return [RentalState.decode(record.value) for record in self.of(RENTALS.name)]

    @property
    def letters(self) -> list[DeadLetter]:
        return [DeadLetter.decode(record.value) for record in self.of(SMS_DEAD.name)]


class FlakyPublisher(RecordingPublisher):
    """Refuses what the script says: each entry decides over one publish; after the last, everything is acknowledged."""

    def __init__(self, *acknowledges: bool) -> None:
        super().__init__()
        self._script = list(acknowledges)

    async def publish(self, records: Sequence[Outgoing]) -> None:
        if self._script and not self._script.pop(0):
            raise BrokerAway("Kafka: scripted")
        await super().publish(records)


class AwayPublisher:
    """Acknowledges nothing."""

    async def publish(self, records: Sequence[Outgoing]) -> None:
        raise BrokerAway(f"Kafka: {len(records)} not acknowledged")


class BuggyPublisher:
    """Fails as our own code might: with a message that quotes what it was given."""

    async def publish(self, records: Sequence[Outgoing]) -> None:
        raise KeyError(records[0].value)
