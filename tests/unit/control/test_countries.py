"""Countries have the names that the whole library gives them."""

import subprocess
import sys

import phonenumbers
from phonenumbers import geocoder

from otpstream.control.countries import country_name


def test_every_country_has_the_librarys_name() -> None:
    """Also those that share their calling code with another; what is no country keeps its code."""
    numbers = {code: phonenumbers.example_number(code) for code in phonenumbers.SUPPORTED_REGIONS}
    named = {code: geocoder.country_name_for_number(one, "en") for code, one in numbers.items() if one is not None}
    told = {code: name for code, name in named.items() if name}
    assert len(told) > 200
    assert {code: country_name(code) for code in told} == told
    assert [country_name(code) for code in ("GB", "KZ", "QQ")] == ["United Kingdom", "Kazakhstan", "QQ"]


def test_the_places_of_the_world_are_not_loaded_for_them() -> None:
    """They take a hundred megabytes."""
    asked = "import sys; from otpstream.control.countries import country_name; country_name('GB')"
    loaded = f"{asked}; print('phonenumbers.geodata' in sys.modules, 'phonenumbers.geocoder' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
