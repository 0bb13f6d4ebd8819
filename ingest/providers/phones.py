"""Phone numbers as providers write them, in E.164. Pure."""

import phonenumbers


def e164(text: str, *, country: str | None) -> str | None:
    """Read a phone number.

    A number with a plus is international. One without is local to the country, and only where it cannot be that, international
    with its plus forgotten, as `447860021130` from an account in the US.

    Args:
        text: as the provider wrote it.
        country: ISO 3166-1 alpha-2; None: only a number with a plus can be read.

    Returns:
        E.164 with the plus, None where it is no possible number.
    """
    written = text.strip()
    if written.startswith("+"):
        return _possible(written, None)
    if country is None:
        return None
    return _possible(written, country) or _possible(f"+{written}", None)


def _possible(text: str, country: str | None) -> str | None:
    """Take a number of possible length: numbers reserved for tests and fiction are not valid, and yet are rented out."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
