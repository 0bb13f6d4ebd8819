"""Says in words what each piece of evidence means, for `explain`."""

from typing import Final

_MEANINGS: Final = {
    "base": "any number, before anything is known of it",
    "sole": "no other number could be it",
    # shape
    "length_else": "hardly any code is so long or so short",
    "short_unproven": "three digits, and nothing speaks of proving anything",
    "long_unproven": "more than eight digits, and nothing speaks of proving anything",
    "long_untied": "more than eight digits, and nothing ties them to the label: a phone",
    "mixed": "letters and digits, as fewer codes are",
    "mixed_unproven": "letters and digits, as vouchers and bookings are, and nothing speaks of proving anything",
    "mixed_reference": "letters and digits where an order or an offer is spoken of",
    "mixed_transaction": "letters and digits where a payment is spoken of",
    "word_and_digits": "a word and digits, as vouchers are made",
    "mark": "a letter and digits, as marks of queues and regulators are",
    "letters": "letters alone, as few codes are",
    "wordlike": "can be read as a word",
    "dotted": "dots between the digits, as in amounts",
    "year": "may be a year",
    "keypad": "a # after it, as for a door",
    "hash_sign": "a # before it, as for an order",
    "bracketed": "in brackets or quotes",
    "sender_bracket": "in the brackets of the sender's name",
    # place
    "own_line": "on a line of its own",
    "own_sentence": "a sentence of its own",
    "introduced": "only a name stands before it",
    "secret_introduced": "only a name stands before it, and it is to be kept secret",
    "secret_sole": "the only number, and something is to be kept secret",
    "starts_text": "opens the message",
    "ends_text": "ends the message",
    "sent_elsewhere": "is to be sent to a short number, or is that number",
    "hotline": "after a warning, or a question such as `not you?`: whom to call",
    # label before
    "label_otp": "the words before it call it a one-time passcode",
    "label_code": "the words before it call it a code",
    "label_verification": "the words before it speak of verification",
    "label_other": "the words before it make it another number",
    "label_weak_other": "the words before it may make it another number",
    "label_date": "a date's words stand before it",
    "label_taken": "the label before it has another number",
    "label_apart": "other words stand between it and its label",
    "tied": "a linking word or a colon ties it to its label",
    "use_label": "the message says to enter it",
    "use_before": "the message says to use something, it may be this",
    "with_label": "something is verified with it",
    "towards_before": "where to turn to (`to`, `at`)",
    "old_before": "it no longer counts",
    "new_before": "it is the new one",
    # label after
    "right_label": "the words after it say what it is for",
    "right_other": "the words after it make it another number",
    "right_other_code": "the words after it make it another kind of code",
    # no label
    "unlabelled": "a code is spoken of elsewhere, not beside it",
    "no_keyword": "nothing calls it a code",
    # other kinds of code
    "promotion_code": "a promotion's code",
    "lottery_code": "a draw's code",
    "pickup_code": "a code to pick something up (policy)",
    "reference_code": "the code of an order, a booking, a customer",
    "initial_password": "an initial password (policy)",
    "card_pin": "the lasting PIN of a card (policy)",
    "other_code": "the code of a door, an error, a product or the like",
    "code_of_thing": "an unknown thing's code",
    "topic_other": "a meeting, a door or the like is spoken of before any code is",
    # the message
    "message_otp": "the message speaks of a one-time passcode",
    "message_code": "the message speaks of a code or a password",
    "message_verification": "the message speaks of verification or login",
    "message_validity": "the message says how long something is valid",
    "message_secrecy": "the message asks to keep something secret",
    "message_use": "the message asks to enter something",
    "message_promotion": "the message advertises",
    "message_pickup": "the message speaks of a parcel or a pick-up",
    "message_lottery": "the message speaks of a draw or a prize",
    "message_transaction": "the message reports a transaction",
    "message_money": "the message speaks of money",
    "message_other_code": "the message speaks of other kinds of codes",
    "message_reference": "the message speaks of orders or bookings",
    "message_asks_for_code": "somebody asks to have a code sent on",
    "message_receipt": "the message is a receipt",
    "message_completed": "the message reports that something is done",
    "message_contact": "the message is about whom to call",
    "message_source_code": "the message is source code",
}


def meaning(feature: str) -> str:
    """Return what a feature's name means.

    Raises:
        KeyError: if the feature is unknown.
    """
    if feature.startswith("length_") and feature != "length_else":
        return f"{feature.removeprefix('length_')} characters long"
    return _MEANINGS[feature]
