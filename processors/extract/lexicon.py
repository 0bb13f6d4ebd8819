"""Looks words up: a word of any language becomes the bits of evidence it carries.

Stems are kept folded (lower case, no diacritics, one form per Arabic letter), so that `CÓDIGO`, `codigo` and `código`
are one stem. Languages that inflect at the end match by prefix, compounding ones by suffix too, and scripts written
without spaces by substring.
"""

import re
import unicodedata
from typing import Final

from processors.extract import words_code, words_context, words_kinds
from processors.extract.signals import NAMES

_STRIPPED_MARKS: Final = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640]+")
_FOLDED_LETTERS: Final = str.maketrans(
    {"ı": "i", "đ": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ß": "ss", "ŋ": "n", "ħ": "h"}
    | {"ə": "e"}
    | {
        "ی": "ي",
        "ى": "ي",
        "ک": "ك",
        "ة": "ه",
        "ە": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "ۆ": "و",
        "ς": "σ",
        "ʻ": "'",
        "ʼ": "'",
        "’": "'",
    }
)
_UNSPACED_CLASS: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3"
)
_UNSPACED: Final = re.compile(f"[{_UNSPACED_CLASS}]")
_LATIN: Final = re.compile("[A-Za-z]+")
_PROCLITICS: Final = {
    "ar": re.compile("^(?:[وفبلك]?ال|لل|[وفبل])(?=..)"),
    "he": re.compile("^[והבלשמכ]{1,2}(?=..)"),
}
_EDGES: Final = "«»“”„‟‘’‚‹›–—―…·•।॥၊။៖៕՝՜՞։،؛؟٪¿¡\u1361\u1362\u1363\u1364\u1365\u1366\u1367！？，。：；（）【】「」『』〔〕《》〈〉、｡､'-"
_LONGEST_REMEMBERED_BYTES: Final = 48  # longer chunks are clauses of scripts without spaces: they seldom come twice
_SHORT_LETTERS: Final = 4  # a Latin word so short means something else without its accents (`thẻ` is no `the`)
_BEYOND_LATIN: Final = "\u0370"
_MOST_REMEMBERED_WORDS: Final = 50_000  # bounds the memory; natural text repeats itself long before

# ASCII letters in lower case, everything else in ASCII a blank: words of UTF-8 text come out by one `split`.
WORD_BYTES: Final = bytes(
    byte if byte >= 0x80 else ord(chr(byte).lower()) if chr(byte).isalpha() else 0x20 for byte in range(256)
)


def fold(word: str) -> str:
    """Return the word in lower case, without diacritics, in one form per letter."""
    word = unicodedata.normalize("NFKD", word.casefold())
    word = _STRIPPED_MARKS.sub("", word).translate(_FOLDED_LETTERS)
    return unicodedata.normalize("NFC", word)


class Lexicon(dict[bytes, int]):
    """Maps a word, as lower-case UTF-8, to its bits; works a new word out once and remembers it."""

    def __init__(self) -> None:
        super().__init__()
        self._exact: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._suffixes: dict[str, int] = {}
        unspaced: dict[str, int] = {}
        for table in (words_code.STEMS, words_context.STEMS, words_kinds.STEMS):
            for bits, stems in table.items():
                self._add(bits, stems, unspaced)
        self._unspaced = unspaced
        self._longest_prefix = max(map(len, self._prefixes))
        self._longest_suffix = max(map(len, self._suffixes))
        longest_first = sorted(unspaced, key=len, reverse=True)
        self._unspaced_pattern = re.compile("|".join(map(re.escape, longest_first)))

    def _add(self, bits: int, stems: str, unspaced: dict[str, int]) -> None:
        for entry in stems.split():
            if entry.endswith(":"):  # the language's name, for the reader
                continue
            stem = entry.strip("*").lower()
            if _UNSPACED.search(stem):
                unspaced[stem] = unspaced.get(stem, 0) | bits
                continue
            folded = fold(stem)
            if (
                entry[-1] != "*"
                and entry[0] != "*"
                and len(folded) <= _SHORT_LETTERS
                and stem != folded
                and stem[0] < _BEYOND_LATIN
            ):
                self._exact[unicodedata.normalize("NFC", stem)] = self._exact.get(stem, 0) | bits
                continue
            stem = folded
            if entry.endswith("*"):
                table = self._prefixes
            elif entry.startswith("*"):
                table = self._suffixes
            else:
                table = self._exact
            table[stem] = table.get(stem, 0) | bits

    def __missing__(self, word: bytes) -> int:
        bits = self.classify(word.decode("utf-8", "replace"))
        if len(word) <= _LONGEST_REMEMBERED_BYTES:
            if len(self) >= _MOST_REMEMBERED_WORDS:
                self.clear()
            self[word] = bits
        return bits

    def classify(self, word: str) -> int:
        """Return the bits of one word in any case and spelling."""
        if _UNSPACED.search(word):
            bits = 0
            for stem in self._unspaced_pattern.findall(word):
                bits |= self._unspaced[stem]
            for letters in _LATIN.findall(word):
                bits |= self._spaced(fold(letters))
            return bits
        exact = self._exact.get(word.lower().strip(_EDGES))
        return self._spaced(fold(word).strip(_EDGES)) if exact is None else exact

    def _spaced(self, folded: str) -> int:
        bits = self._stem(folded)
        if bits:
            return bits
        for pattern in _PROCLITICS.values():
            match = pattern.match(folded)
            if match and (bits := self._stem(folded[match.end() :]) or self._stem(folded[1:])):
                return bits
        return 0

    def _stem(self, folded: str) -> int:
        exact = self._exact.get(folded)
        if exact is not None:
            return exact
        bits = 0
        for length in range(min(len(folded), self._longest_prefix), 1, -1):
            found = self._prefixes.get(folded[:length])
            if found is not None:
                bits = found
                break
        for length in range(min(len(folded) - 1, self._longest_suffix), 2, -1):
            found = self._suffixes.get(folded[-length:])
            if found is not None:
                return bits | found
        return bits

    def occurrences(self, word: str) -> list[tuple[int, int, int]]:
        """Return (start, end, bits) of what carries evidence inside one token: many in scripts without spaces."""
        if not _UNSPACED.search(word):
            bits = self[word.lower().encode("utf-8", "replace")]
            return [(0, len(word), bits)] if bits else []
        found = [(m.start(), m.end(), self._unspaced[m.group()]) for m in self._unspaced_pattern.finditer(word)]
        for match in _LATIN.finditer(word):
            bits = self[match.group().lower().encode()]
            if bits:
                found.append((match.start(), match.end(), bits))
        return sorted(found)


LEXICON: Final = Lexicon()


def is_unspaced(word: str) -> bool:
    """Tell whether the word holds letters of a script that is written without spaces."""
    return not word.isascii() and _UNSPACED.search(word) is not None


def describe(bits: int) -> str:
    """Return the names of the bits, for people."""
    return "+".join(name for bit, name in NAMES.items() if bits & bit)
