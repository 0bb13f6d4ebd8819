"""Reads how long a message says its code is valid."""

import re
from typing import Final

from processors.extract.lexicon import fold

_UNITS: Final[dict[int, str]] = {
    1: """
        sec seg sek sn saniy second secund segund sekund sekunt сек 秒 초 วินาที giây detik ثاني ثوان שני
        सेकंड सेकेन्ड সেকেন্ড ছেকেণ্ড સેકન્ડ ਸਕਿੰਟ ସେକେଣ୍ଡ வினாடி விநாடி సెకన్ సెకండ ಸೆಕೆಂಡ സെക്കൻഡ്
        സെക്കന്‍ഡ් තත්පර δευτ
    """,
    60: """
        min minut minuu minit deqiqe deqiqa минут мин хв хвіл dak dəq deq dk mn mnt דק دقيق دقاي دقائق دقیقه
        منٹ मिनट मिनिट मिनेट মিনিট મિનિટ ਮਿੰਟ ମିନିଟ நிமிட నిమిష ನಿಮಿಷ മിനി මිනිත්තු විනාඩි މިނެޓ 分 分鐘 分钟
        분 นาที ນາທີ នាទី မိနစ် phút phut menit λεπτ lepta perc րոպե წუთ ደቂቃ daqiqa daqiiqo daqiiqa dakika
        dakik deqe xulek خولەک nóiméad munud iminota imizuzu metsotso maminitsi mphindi nkeji ìṣẹ́jú мүнөт
        дақиқа ደቒቕ ደቓይቕ
    """,
    3600: """
        hour hr hrs hora ora ore oras heure stund std uur uren tim timm timer hs godz час годин saat שע ساع
        घंट घण्ट तास ঘণ্ট કલાક ਘੰਟ ଘଣ୍ଟ மணிநேர గంట ಗಂಟ മണിക്കൂര පැය ގަޑި 小时 小時 時間 시간 ชั่วโมง giờ gio jam
        ώρ ωρ óra ժամ საათ ሰዓት masaa tund valand h
    """,
    86400: """
        day dia día jour giorn tag tage dag dage daga dn dni dniv день дн gün يوم ايام أيام दिन দিন દિવસ ਦਿਨ
        ଦିନ நாள் நாட్க రోజు ದಿನ ദിവസ දින ދުވަ 天 日間 일간 วัน ngày ngay hari siku nap
    """,
}
_PREFIXES: Final = {fold(prefix): seconds for seconds, prefixes in _UNITS.items() for prefix in prefixes.split()}
_LONGEST_PREFIX: Final = max(map(len, _PREFIXES))
# A number of up to three digits that is no part of a longer one, and the word after it.
_PERIOD: Final = re.compile(
    "([0-9](?<![0-9.,:/-].)[0-9]{0,2})(?![0-9])(?:[ \u00a0-]|-?(?:ти|х) )?([^\\s0-9!-/:-@\\[-`{-~]{1,12})"
)
_SHORT_LETTERS: Final = 3  # Latin units so short are whole words: 50 mint are no minutes
_LONGEST_SECONDS: Final = 7 * 86400  # beyond a week it is a contract's period, not a code's
_MOST_REMEMBERED_WORDS: Final = 5_000


class _Units(dict[str, int]):
    """Maps the word after a number to the seconds it stands for, 0 for any other word; remembers what it worked out."""

    def __missing__(self, word: str) -> int:
        folded = fold(word)
        seconds = 0
        for length in range(min(len(folded), _LONGEST_PREFIX), 0, -1):
            found = _PREFIXES.get(folded[:length])
            if found is not None and (length > _SHORT_LETTERS or not folded.isascii() or folded[length:] in ("", "s")):
                seconds = found
                break
        if len(self) >= _MOST_REMEMBERED_WORDS:
            self.clear()
        self[word] = seconds
        return seconds


_SECONDS_OF: Final = _Units()


def find_validity(text: str) -> int | None:
    """Return the validity period in seconds that the text states, or None."""
    for count, unit in _PERIOD.findall(text):
        seconds = _SECONDS_OF[unit] * int(count)
        if 0 < seconds <= _LONGEST_SECONDS:
            return seconds
    return None
