"""Looks words up: a word of any language becomes the bits of evidence it carries.

`words.tsv` holds what is known of words, a line for each kind of evidence and language: the kinds that a word carries (`signals`), the
language, which is for readers alone, and the stems. `stem*` is for words that begin so, `*stem` for those that end so; of scripts without
spaces every stem is one for anywhere in a word.

Stems are kept folded (lower case, no diacritics, one form per Arabic letter), so that `CÓDIGO`, `codigo` and `código`
are one stem. Languages that inflect at the end match by prefix, compounding ones by suffix too, and scripts written
without spaces by substring.
"""

import re
import unicodedata
from collections.abc import Iterable
from importlib.resources import files
from typing import Final

from processors.extract.signals import NAMES

_STRIPPED_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640\u093c\u09bc\u0a3c\u200b-\u200d]+"
)
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
    | {"ൻ": "ന്", "ർ": "ര്", "ൽ": "ല്", "ൾ": "ള്", "ൺ": "ണ്"}
)
_BITS: Final = {name: bit for bit, name in NAMES.items()}
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
_LONGEST_WORD_CHARACTERS: Final = 100  # longer is no word: bounds what folding stacks of marks may cost
_LONGEST_REMEMBERED_BYTES: Final = 48  # longer chunks are clauses of scripts without spaces: they seldom come twice
_PREFIX_KEY, _SUFFIX_KEY = 2, 3  # letters of the shortest stems
_SHORT_LETTERS: Final = 4  # a Latin word so short means something else without its accents (`thẻ` is no `the`)
_ACCENTED: Final = re.compile("[a-z\u00c0-\u024f\u1e00-\u1eff]")
_MOST_REMEMBERED_WORDS: Final = 100_000  # bounds the memory (some 15 MB); natural text repeats itself long before

# ASCII letters in lower case, everything else in ASCII a blank: words of UTF-8 text come out by one `split`.
WORD_BYTES: Final = bytes(
    byte if byte >= 0x80 else ord(chr(byte).lower()) if chr(byte).isalpha() else 0x20 for byte in range(256)
)


def fold(word: str) -> str:
    """Return the word in lower case, without diacritics, in one form per letter."""
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFKD", word.casefold())
    word = _STRIPPED_MARKS.sub("", word).translate(_FOLDED_LETTERS)
    return unicodedata.normalize("NFC", word)


def bits_of(kinds: str) -> int:
    """Return the bits of kinds as `words.tsv` names them: `auth+receipt`; of `neutral` none.

    Raises:
        KeyError: there is no such kind.
    """
    return sum(_BITS[kind] for kind in kinds.split("+"))


class Lexicon(dict[bytes, int]):
    """Maps a word, as lower-case UTF-8, to its bits; works a new word out once and remembers it."""

    def __init__(self) -> None:
        super().__init__()
        self._exact: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._suffixes: dict[str, int] = {}
        self._unspaced: dict[str, int] = {}
        for line in (files(__package__ or "") / "words.tsv").read_text(encoding="utf-8").splitlines():
            kinds, _, stems = line.split("\t")
            self._add(bits_of(kinds), stems)
        for stem in self._exact.keys() & self._prefixes.keys():
            if self._exact[stem]:
                self._exact[stem] |= self._prefixes[stem]
        # Which stems a word can have shows in its first or last letters, so that few are tried.
        self._prefix_lengths = _lengths(self._prefixes)
        self._suffix_lengths = _lengths(self._suffixes, last=True)
        self._unspaced_stems: dict[str, list[str]] = {}
        for stem in sorted(self._unspaced, key=len, reverse=True):
            self._unspaced_stems.setdefault(stem[0], []).append(stem)

    def _add(self, bits: int, stems: str) -> None:
        for entry in stems.split():
            stem = entry.strip("*").lower()
            if _UNSPACED.search(stem):
                self._unspaced[stem] = self._unspaced.get(stem, 0) | bits
                continue
            folded = fold(stem)
            if (
                entry[-1] != "*"
                and entry[0] != "*"
                and len(folded) <= _SHORT_LETTERS
                and stem != folded
                and _ACCENTED.match(stem)
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
        text = word.decode("utf-8", "replace")
        bits = self._stem(text) if text.isascii() else self.classify(text)
        if len(word) <= _LONGEST_REMEMBERED_BYTES:
            if len(self) >= _MOST_REMEMBERED_WORDS:
                self.clear()
            self[word] = bits
        return bits

    def classify(self, word: str) -> int:
        """Return the bits of one word in any case and spelling."""
        if word.isascii():
            return self._stem(word.lower().strip(_EDGES))
        if _UNSPACED.search(word):
            bits = 0
            for _, _, part in self.occurrences(word):
                bits |= part
            return bits
        if len(word) > _LONGEST_WORD_CHARACTERS:
            return 0
        word = word.strip(_EDGES)
        exact = self._exact.get(word.lower())
        return self._spaced(fold(word).strip(_EDGES)) if exact is None else exact

    def _spaced(self, folded: str) -> int:
        bits = self._stem(folded)
        if bits or folded.isascii():
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
        size = len(folded)
        for length in self._prefix_lengths.get(folded[:_PREFIX_KEY], ()):
            if length <= size and folded[:length] in self._prefixes:
                bits = self._prefixes[folded[:length]]
                break
        for length in self._suffix_lengths.get(folded[-_SUFFIX_KEY:], ()):
            if length < size and folded[-length:] in self._suffixes:
                return bits | self._suffixes[folded[-length:]]
        return bits

    def occurrences(self, word: str) -> list[tuple[int, int, int]]:
        """Return (start, end, bits) of what carries evidence inside a token of a script without spaces, in order."""
        found: list[tuple[int, int, int]] = []
        start, size, stems = 0, len(word), self._unspaced_stems
        while start < size:
            for stem in stems.get(word[start], ()):
                if word.startswith(stem, start):
                    found.append((start, start + len(stem), self._unspaced[stem]))
                    start += len(stem)
                    break
            else:
                start += 1
        if _LATIN.search(word):
            for match in _LATIN.finditer(word):
                bits = self[match.group().lower().encode()]
                if bits:
                    found.append((match.start(), match.end(), bits))
            found.sort()
        return found


def _lengths(stems: Iterable[str], *, last: bool = False) -> dict[str, tuple[int, ...]]:
    """Return, by their first letters (or `last` ones), how long stems are, the longest first."""
    lengths: dict[str, set[int]] = {}
    for stem in stems:
        lengths.setdefault(stem[-_SUFFIX_KEY:] if last else stem[:_PREFIX_KEY], set()).add(len(stem))
    return {key: tuple(sorted(found, reverse=True)) for key, found in lengths.items()}


LEXICON: Final = Lexicon()


def is_unspaced(word: str) -> bool:
    """Tell whether the word holds letters of a script that is written without spaces."""
    return not word.isascii() and _UNSPACED.search(word) is not None


def describe(bits: int) -> str:
    """Return the names of the bits, for people."""
    return "+".join(name for bit, name in NAMES.items() if bits & bit)
