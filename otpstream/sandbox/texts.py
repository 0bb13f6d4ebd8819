"""Texts of simulated SMS: what brands write in several languages, with a code and without.

`{code}` is where the code goes; `{number}` takes digits that are no code (a parcel, an amount, an appointment), because
those are what code readers fall for.
"""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, field

_TELL_APART_DIGITS = 7  # ten million: enough for notices of one brand not to repeat within a run
_LETTERS_AND_DIGITS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that look alike, as such codes are made


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An SMS before it is sent."""

    sender: str
    text: str = field(repr=False)
    expected_code: str | None = field(repr=False)
    """The code that a person would type in, without separators or a brand's prefix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    sender: str
    text: str
    digits: int = 6
    separator: str = ""
    """Printed in the middle of the code."""
    alphabet: str = string.digits


_WITH_CODE = (
    _Template(sender="Google", text="G-{code} is your Google verification code."),
    _Template(sender="Google", text="G-{code} ist dein Google-Bestätigungscode."),
    _Template(sender="WhatsApp", text="Your WhatsApp code: {code}\nDon't share this code with others", separator="-"),
    _Template(sender="WhatsApp", text="Tu código de WhatsApp: {code}\nNo lo compartas con nadie", separator="-"),
    _Template(sender="Telegram", text="Telegram code: {code}. Do not give this code to anyone.", digits=5),
    _Template(sender="Telegram", text="Код подтверждения Telegram: {code}. Никому его не сообщайте.", digits=5),
    _Template(sender="Facebook", text="{code} is your Facebook confirmation code"),
    _Template(sender="Facebook", text="{code} est votre code de confirmation Facebook"),
    _Template(sender="Instagram", text="{code} is your Instagram code. Don't share it.", separator=" "),
    _Template(sender="Uber", text="Your Uber code is {code}. Never share this code.", digits=4),
    _Template(sender="Amazon", text="{code} is your Amazon OTP. Do not share it with anyone."),
    _Template(sender="Amazon", text="Amazon: {code} ist Ihr Einmalkennwort. Geben Sie es nicht weiter."),
    _Template(sender="PayPal", text="PayPal: {code} is your security code. It expires in 10 minutes."),
    _Template(sender="PayPal", text="PayPal : votre code de sécurité est {code}. Il expire dans 10 minutes."),
    _Template(sender="Microsoft", text="Use {code} as Microsoft account security code", digits=7),
    _Template(sender="Microsoft", text="Use o código {code} para a segurança da conta da Microsoft", digits=7),
    _Template(sender="TikTok", text="[TikTok] {code} is your verification code, valid for 5 minutes."),
    _Template(sender="TikTok", text="【TikTok】验证码 {code}，5分钟内有效，请勿泄露。"),
    _Template(sender="LINE", text="LINEの認証番号は「{code}」です。30分以内に入力してください。"),
    _Template(sender="Steam", text="Your Steam Guard code is {code}", digits=5, alphabet=_LETTERS_AND_DIGITS),
    _Template(sender="Bank", text="You pay EUR 49.90 to Bookshop 24. TAN: {code}. Card ending 4417.", digits=8),
    _Template(sender="22395", text="Your code is {code}. It expires in 15 minutes. Reply STOP to opt out."),
    _Template(sender="+12135559876", text="Your OTP is {code}"),
    _Template(sender="+14155550132", text="{code} is your sign-in code.\n\n@login.example.com #{code}"),
)

_WITHOUT_CODE = (
    _Template(sender="ParcelPost", text="Your parcel {number} arrives tomorrow between 10:00 and 12:30."),
    _Template(sender="ParcelPost", text="Ihr Paket {number} wurde in der Filiale abgegeben."),
    _Template(sender="Bookshop24", text="Order {number} has shipped. Thank you for buying from us!"),
    _Template(sender="Pizzeria", text="-30 % sur toutes les pizzas ce soir ! Offre {number}. STOP au 36111"),
    _Template(sender="Operator", text="Your invoice {number} of USD 24.90 is due on 15 March. No reply needed."),
    _Template(sender="Clinic", text="Recordatorio: cita {number} el martes 14 a las 09:30. Llame al 555-0117."),
    _Template(sender="+13105550148", text="hey, are you still on for friday? my new locker is {number} lol"),
    _Template(sender="Airline", text="Boarding for booking {number} starts 18:45 at gate B22. Have a good flight."),
)


def draft(random_: random.Random, *, code_share: float) -> Draft:
    """Write one SMS with a random brand, language and code.

    Args:
        random_: Decides everything.
        code_share: Probability from 0 to 1 that the SMS holds a code.
    """
    if random_.random() < code_share:
        return _draft_with_code(random_, random_.choice(_WITH_CODE))
    template = random_.choice(_WITHOUT_CODE)
    number = _draw(random_, alphabet=string.digits, length=_TELL_APART_DIGITS)
    return Draft(sender=template.sender, text=template.text.replace("{number}", number), expected_code=None)


def _draft_with_code(random_: random.Random, template: _Template) -> Draft:
    code = _draw(random_, alphabet=template.alphabet, length=template.digits)
    middle = len(code) // 2
    printed = f"{code[:middle]}{template.separator}{code[middle:]}"
    return Draft(sender=template.sender, text=template.text.replace("{code}", printed), expected_code=code)


def _draw(random_: random.Random, *, alphabet: str, length: int) -> str:
    return "".join(random_.choices(alphabet, k=length))
