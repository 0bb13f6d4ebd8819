"""English names of countries, out of the table that `phonenumbers` has.

The table is one file of a package whose import also loads the places that all dialling codes of the world belong to, some 100 MB. So
that file is loaded by itself.
"""

from collections.abc import Mapping
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import phonenumbers

_FILE = Path(phonenumbers.__file__).parent / "geodata" / "locale.py"
_NAME = "phonenumbers.geodata.locale"
_ELSEWHERE = "*"
"""Begins what is no name, but the language that the name is written under."""


def country_name(code: str) -> str:
    """Return the English name of a country (ISO 3166-1 alpha-2); the code itself where it is none."""
    return _names().get(code, code)


@cache
def _names() -> Mapping[str, str]:
    spec = spec_from_file_location(_NAME, _FILE)
    if spec is None or spec.loader is None:
        raise ImportError(f"{_NAME} is not where it was", name=_NAME)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    table: Mapping[str, Mapping[str, str]] = module.LOCALE_DATA
    return {code: _english(names) for code, names in table.items() if names.get("en")}


def _english(names: Mapping[str, str]) -> str:
    said = names["en"]
    return names[said.removeprefix(_ELSEWHERE)] if said.startswith(_ELSEWHERE) else said
