"""The weights of the scorer, in log-odds: what each piece of evidence adds to a candidate."""

from typing import Final

BASE: Final = -1.6

LENGTH: Final = {3: -1.8, 4: 0.5, 5: 0.5, 6: 0.9, 7: 0.2, 8: 0.3, 9: -2.0, 10: -3.0}

STRONG_LABEL: Final = 4.2
CODE_LABEL: Final = 3.4
AUTH_LABEL: Final = 1.8
AUTH_LABEL_APART: Final = 0.8
TIED: Final = 0.9
USE_BEFORE: Final = 1.2
OTHER_LABEL: Final = -4.0
WEAK_OTHER_LABEL: Final = -2.4
OTHER_KIND_OF_CODE: Final = -8.0
RIGHT_LABEL: Final = 3.0
RIGHT_OTHER: Final = -1.2
OWN_LINE: Final = 1.4
STARTS_TEXT: Final = 0.7
ENDS_TEXT: Final = 0.6
BRACKETED: Final = 0.4
HASH_SIGN: Final = -1.5
LENGTH_ELSE: Final = -2.0
YEAR: Final = -1.4
MIXED: Final = -1.2
NEW_BEFORE: Final = 1.5
OLD_BEFORE: Final = -4.0
SOLE: Final = 0.8
DATE_BEFORE: Final = -2.5

MESSAGE_STRONG: Final = 1.5
MESSAGE_CODE: Final = 1.0
MESSAGE_AUTH: Final = 0.8
MESSAGE_VALID: Final = 0.4
MESSAGE_SECRET: Final = 0.4
MESSAGE_USE: Final = 0.3
MESSAGE_PROMO: Final = -2.2
MESSAGE_PICKUP: Final = -1.6
MESSAGE_LOTTERY: Final = -2.5
MESSAGE_DONE: Final = -1.0
MESSAGE_MONEY: Final = -0.6
MESSAGE_OTHER: Final = -0.8
MESSAGE_REF: Final = -0.5
MESSAGE_ADDRESS: Final = -0.4
MESSAGE_SENDBACK: Final = -7.0
MESSAGE_RECEIPT: Final = -6.0
UNLABELLED: Final = -1.8
USE_LABEL: Final = 2.6
WITH_LABEL: Final = 2.4
OWN_SENTENCE: Final = 1.2
SHORT_UNPROVEN: Final = -2.5
INTRODUCED: Final = 1.0
NO_KEYWORD: Final = -0.5
TOWARDS_BEFORE: Final = -3.2
WORD_AND_DIGITS: Final = -3.5
SENDER_BRACKET: Final = -5.0
LETTERS: Final = -0.8
WORDLIKE: Final = -6.0
MESSAGE_CONTACT: Final = -1.2
MIXED_REFERENCE: Final = -5.0
DOTTED: Final = -2.5
LABEL_TAKEN: Final = -2.0
SECRET_INTRODUCED: Final = 3.0
SENT_ELSEWHERE: Final = -6.0
SECRET_SOLE: Final = 2.2
MESSAGE_COMPLETED: Final = -2.5
