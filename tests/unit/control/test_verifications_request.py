"""A request is checked before it costs anything, and no phone number is ever a guess."""

import string

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.providers.textmagic import LANGUAGES
from otpstream.control.verifications.request import (
    Asked,
    RequestRefused,
    checked,
    checked_code,
    country_prefix,
    e164,
)
from tests.unit.control.verifications_fakes import asked

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def refused_field(request: Asked) -> str | None:
    """Return the field that is refused, None where the request is sound."""
    try:
        checked(request)
    except RequestRefused as refusal:
        return refusal.field
    return None


@pytest.mark.parametrize(
    ("phone", "country", "written"),
    [
        ("+447860021130", None, "+447860021130"),
        ("+44 7860 021130", "GB", "+447860021130"),
        ("07860 021130", "GB", "+447860021130"),
        ("07860021130", "gb", "+447860021130"),
        ("(415) 555-0123", "US", "+14155550123"),
        ("0171 1234567", "DE", "+491711234567"),
        ("3312345678", "IT", "+393312345678"),
        ("06 698 12345", "IT", "+390669812345"),
    ],
)
def test_local_phones_become_e164(phone: str, country: str | None, written: str) -> None:
    """A local number together with its country, or an international one, in the one way that E.164 has; Italy keeps its zeros."""
    assert checked(asked(phone=phone, country=country)).phone == written


@pytest.mark.parametrize(
    ("phone", "country", "field"),
    [
        ("07860021130", None, "phone"),
        ("447860021130", None, "phone"),
        ("+447860021130", "US", "country"),
        ("07860021130", "XX", "country"),
        ("07860021130", "", "country"),
        ("12", "US", "phone"),
        ("", "US", "phone"),
        ("no phone", "US", "phone"),
        ("+44786002113099", None, "phone"),
        ("+447700900123", None, "phone"),
        ("+14155550123 ext. 5", None, "phone"),
        ("+19005550123", None, "phone"),
        ("+999123456789", None, "phone"),
    ],
)
def test_what_is_no_number_of_that_country_is_refused(phone: str, country: str | None, field: str) -> None:
    """Local without a country, contradictory, not given out, premium-rate: refused, naming the field and no number."""
    with pytest.raises(RequestRefused) as refusal:
        checked(asked(phone=phone, country=country))
    assert refusal.value.field == field
    assert not phone or phone not in str(refusal.value)


@given(st.sampled_from(REGIONS))
def test_each_countrys_own_way_of_writing_leads_to_the_same_number(region: str) -> None:
    """The example number of a country, local or international, is one E.164 number, unless it costs too much."""
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    if number is None or not phonenumbers.is_valid_number(number):
        return
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    local = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)

    assert e164(written, country=None) == written
    assert e164(local, country=region) == written


@given(st.text(max_size=25), st.none() | st.sampled_from(REGIONS))
def test_a_phone_is_sound_or_refused(phone: str, country: str | None) -> None:
    """Whatever is written: a valid number of the named country, or a refusal; never another fault."""
    try:
        written = e164(phone, country=country)
    except RequestRefused:
        return
    number = phonenumbers.parse(written, None)
    assert phonenumbers.is_valid_number(number)
    assert country is None or number.country_code == phonenumbers.country_code_for_region(country)


@given(st.text(max_size=20))
def test_a_brand_is_up_to_18_letters_and_digits(brand: str) -> None:
    """Nothing but ASCII letters and digits, 1 to 18 of them."""
    sound = 1 <= len(brand) <= 18 and set(brand) <= set(string.ascii_letters + string.digits)
    assert (refused_field(asked(brand=brand)) is None) == sound


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("brand", ["A", "TextMagic", "A" * 18, "4711"], ["", "A" * 19, "Ac me", "Größe", "Acme\n"]),
        ("code_length", [4, 6], [0, 3, 5, 7, -4]),
        ("workflow", list("1234567"), ["0", "8", "", "11", "x"]),
        ("language", [*LANGUAGES, "EN-GB", None], ["", "en", "en_gb", "xx-xx", "de-de "]),
        ("sender_id", [None, "Acme", "+15551234567"], ["", " ", "A" * 21]),
    ],
)
def test_each_field_has_its_bounds(name: str, good: list[object], bad: list[object]) -> None:
    """At the bounds and beyond them; the refusal names the field."""
    assert [refused_field(asked(**{name: value})) for value in good] == [None] * len(good)
    assert [refused_field(asked(**{name: value})) for value in bad] == [name] * len(bad)


def test_there_are_24_languages() -> None:
    """As the provider lists them."""
    assert len(LANGUAGES) == 24


@pytest.mark.parametrize(
    ("phone", "prefix"),
    [
        ("+447860021130", "+44"),
        ("+14155550123", "+1"),
        ("+18765550123", "+1876"),
        ("+14165550123", "+1416"),
        ("+393312345678", "+39"),
        ("+77012345678", "+7"),
    ],
)
def test_prefixes_tell_countries_apart(phone: str, prefix: str) -> None:
    """Jamaica is not held with the United States, though both are +1."""
    assert country_prefix(phone) == prefix


@pytest.mark.parametrize(("typed", "code"), [("0042", "0042"), (" 00 42 ", "0042"), ("00-42", "0042")])
def test_codes_keep_their_zeros(typed: str, code: str) -> None:
    """People type codes in groups; the zeros count."""
    assert checked_code(typed, code_length=4) == code


@pytest.mark.parametrize("typed", ["", "42", "00421", "004a", "٤٧١١", "0042\u00b2"])
def test_what_cannot_be_the_code_is_not_asked(typed: str) -> None:
    """It is refused without an attempt, and without a word of it."""
    with pytest.raises(RequestRefused) as refusal:
        checked_code(typed, code_length=4)
    assert refusal.value.field == "code"
    assert not typed or typed not in str(refusal.value).replace("4 digits", "")
