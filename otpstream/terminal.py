"""Keeps what strangers wrote from steering the terminal."""


def printable(text: str) -> str:
    """Return the text with a question mark for each character that shows nothing: terminal sequences, line ends within a line."""
    return "".join(character if character.isprintable() else "?" for character in text)
