"""The load: SMS as providers deliver them, the same ones for the same seed.

The texts are those of everyday senders in several languages and scripts, nine in ten with a code, and are kept apart from the corpus
that the extractor is tuned on: a benchmark must stay the same while the corpus grows.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from schemas.events import SmsReceived
from schemas.rentals import RentalState

PROVIDER = "text2fa"
LINES = 5_000
"""Numbers rented at a time by a large customer; arbitrary, large enough that no cache of a few hot lines flatters."""
BACKLOG_SECONDS = 4 * 3600
"""The span of time that a backlog's SMS were received in."""
COPIES = 0.05
"""The share of SMS that come a second time by the other path."""

_WITH_CODE = (
    ("Google", "G-{code} is your Google verification code."),
    (
        "WhatsApp",
        "Your WhatsApp code: {dashed}\nYou can also tap on this link to verify your phone: v.whatsapp.com/{code}",
    ),
    ("Telegram", "Telegram code: {code}. Do not give this code to anyone, even if they say they are from Telegram!"),
    ("Facebook", "{code} is your Facebook confirmation code"),
    ("Uber", "Your Uber code is {code}. Never share this code. Reply STOP ALL to +44 7903 561836 to unsubscribe."),
    ("Amazon", "{code} is your Amazon OTP. Do not share it with anyone."),
    ("Microsoft", "Use {code} as Microsoft account security code"),
    ("PayPal", "PayPal: {code} is your security code. It expires in 10 minutes. Don't share this code with anyone."),
    ("Apple", "Your Apple ID code is: {code}. Don't share it with anyone.\n\n@apple.com #{code} %apple.com"),
    (
        "TikTok",
        "[TikTok] {code} is your verification code, valid for 5 minutes. To keep your account safe, never forward this code.",
    ),
    (
        "INFO",
        "Your one-time password for the payment of EUR 249.90 to ACME GmbH is {code}. Card ending 4471. Valid 5 min.",
    ),
    (
        "HDFCBK",
        "{code} is OTP for txn of INR 1,499.00 at AMAZON on your card XX9921. Valid till 10:42. Do not share OTP.",
    ),
    ("Discord", "Your Discord security code is: {code}"),
    ("Signal", "SIGNAL code: {dashed}. Do not share this code with anyone. doDiFGKPO1r"),
    ("+447700900123", "<#> {code} is your Bolt code. FA+9qCX9VSu"),
    ("Instagram", "{dashed} es tu código de Instagram. No lo compartas."),
    ("Bizum", "Su clave de un solo uso para autorizar la compra de 59,95 EUR es {code}. No la comparta con nadie."),
    ("Leboncoin", "Votre code de vérification leboncoin est {code}. Il expire dans 15 minutes."),
    ("DKB", "Ihre TAN für die Überweisung über 120,00 EUR lautet: {code}. Geben Sie sie niemals weiter."),
    ("Zalando", "Dein Bestätigungscode lautet {code}. Er ist 10 Minuten gültig."),
    ("VK", "VK: {code} — код для входа. Никому не сообщайте его."),
    ("Yandex", "Код подтверждения: {code}. Наберите его в поле ввода."),
    ("支付宝", "【支付宝】验证码：{code}，您正在登录，请勿将验证码告知他人，5分钟内有效。"),
    ("LINE", "認証番号は「{code}」です。他の人には教えないでください。"),
    ("Kakao", "[카카오] 인증번호는 [{code}] 입니다. 타인에게 노출하지 마세요."),
    ("Careem", "رمز التحقق الخاص بك هو {code}. لا تشاركه مع أي شخص."),
    ("Getir", "Getir doğrulama kodunuz: {code}. Bu kodu kimseyle paylaşmayın."),
)
_WITHOUT_CODE = (
    ("Vodafone", "Your bill of 34.99 EUR for invoice 20260311 is due on 28.11.2026. Call 1212 for help."),
    ("DHL", "Your parcel 00340434161094042557 arrives tomorrow between 10:00 and 14:00. Track it: dhl.de/t/8k2m1q"),
    (
        "INFO",
        "Your a/c XX4471 is debited for Rs.2,350.00 on 20-Nov-26. Avl bal Rs 48,112.40. Not you? Call 18002586161",
    ),
)


def messages(
    count: int, *, now: datetime, seed: int, copies: float = COPIES, silent: float = 0.1
) -> Iterator[SmsReceived]:
    """Yield a backlog of SMS in order of receipt.

    Args:
        count: how many, the copies included.
        now: when the last one was received, aware.
        seed: the same seed gives the same SMS.
        copies: the share that is a copy of the SMS before, by the other path.
        silent: the share that has no code in it.
    """
    rng = random.Random(seed)
    last: SmsReceived | None = None
    for number in range(count):
        at = now - timedelta(seconds=int(BACKLOG_SECONDS * (1 - number / count)))
        if last is not None and last.path == "webhook" and rng.random() < copies:
            last = last.model_copy(update={"sms_id": f"{rng.getrandbits(128):032x}", "path": "poll"})
        else:
            last = message(rng, received_at=at, ingested_at=at + timedelta(milliseconds=850), silent=silent)
        yield last


def message(rng: random.Random, *, received_at: datetime, ingested_at: datetime, silent: float) -> SmsReceived:
    """Make one SMS on one of the lines."""
    sender, text = rng.choice(_WITHOUT_CODE if rng.random() < silent else _WITH_CODE)
    code = f"{rng.randrange(1_000_000):06}"
    return SmsReceived(
        sms_id=f"{rng.getrandbits(128):032x}",
        provider=PROVIDER,
        line=line(rng.randrange(LINES)),
        path="webhook",
        sender=sender,
        text=text.format(code=code, dashed=f"{code[:3]}-{code[3:]}"),
        received_at=received_at,
        ingested_at=ingested_at,
    )


def line(number: int) -> str:
    """Name one of the lines."""
    return f"{PROVIDER}:{10_000 + number}"


def rentals(*, now: datetime) -> Iterator[RentalState]:
    """Yield one rental a line, a week long, so that every SMS finds its own."""
    for number in range(LINES):
        yield RentalState(
            rental_id=f"rent_{number}",
            provider=PROVIDER,
            line=line(number),
            phone=f"+4477009{number:05}",
            state="active",
            started_at=now - timedelta(days=7),
            updated_at=now - timedelta(days=7),
        )
