"""The weights of the scorer, in log-odds: what each piece of evidence adds to a candidate.

A candidate wins at a sum of zero. `meanings` says what each feature means; here are the reasons for their sizes: a label
beside the number decides against anything but another kind of code, place and shape decide only where no label is.
"""

from typing import Final

BASE: Final = -1.6

# Shape
LENGTH: Final = {3: -2.6, 4: 0.5, 5: 0.5, 6: 0.9, 7: 0.2, 8: 0.3, 9: -3.5, 10: -4.5}
LENGTH_ELSE: Final = -2.0
SHORT_UNPROVEN: Final = -1.5
LONG_UNPROVEN: Final = -2.5
LONG_UNTIED: Final = -3.5
YEAR: Final = -1.4
DOTTED: Final = -2.5
BRACKETED: Final = 0.4
SENDER_BRACKET: Final = -5.0
HASH_SIGN: Final = -1.5
KEYPAD: Final = -6.0

# Shape, of letters and digits: nearly all such tokens are vouchers, bookings and parts, so a label must be strong.
MIXED: Final = -1.2
MIXED_UNPROVEN: Final = -4.4
MIXED_REFERENCE: Final = -5.0
MIXED_TRANSACTION: Final = -2.0
WORD_AND_DIGITS: Final = -3.5
MARK: Final = -4.0
LETTERS: Final = -0.8
WORDLIKE: Final = -6.0

# Place
SOLE: Final = 0.8
OWN_LINE: Final = 1.4
OWN_SENTENCE: Final = 1.2
INTRODUCED: Final = 1.0
SECRET_INTRODUCED: Final = 3.0
SECRET_SOLE: Final = 2.2
STARTS_TEXT: Final = 0.7
ENDS_TEXT: Final = 0.6
SENT_ELSEWHERE: Final = -6.0
HOTLINE: Final = -6.0

# The label before the number
STRONG_LABEL: Final = 4.2
CODE_LABEL: Final = 3.4
AUTH_LABEL: Final = 1.8
AUTH_LABEL_APART: Final = 0.8
USE_LABEL: Final = 2.6
USE_BEFORE: Final = 1.2
WITH_LABEL: Final = 2.4
TIED: Final = 0.9
NEW_BEFORE: Final = 1.5
OLD_BEFORE: Final = -4.0
OTHER_LABEL: Final = -4.0
WEAK_OTHER_LABEL: Final = -2.4
DATE_BEFORE: Final = -2.5
TOWARDS_BEFORE: Final = -3.2
LABEL_TAKEN: Final = -2.0
# Per word that stands between a label and the number which nothing ties to it
LABEL_APART: Final = -0.4
LABEL_APART_UNPROVEN: Final = -4.5
LABEL_APART_MOST: Final = -4.8

# The label after the number
RIGHT_LABEL: Final = 3.0
RIGHT_OTHER: Final = -1.2

# No label
UNLABELLED: Final = -3.4
NO_KEYWORD: Final = -1.5

# Another kind of code: more than any label can make up for
OTHER_KIND_OF_CODE: Final = -8.0
CODE_OF_THING: Final = -4.5
TOPIC_OTHER: Final = -4.5

# The message as a whole
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
MESSAGE_CONTACT: Final = -1.2
MESSAGE_COMPLETED: Final = -2.5
MESSAGE_RECEIPT: Final = -6.0
MESSAGE_SENDBACK: Final = -7.0
