"""What a warning in Chinese or Japanese cancels: the numbers that stand near a word such as `撤销`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.eastern.words import Role
from waterspace.messages.reading import Doubt

if TYPE_CHECKING:
    import re

    from waterspace.messages.eastern.words import Cursor, Term

__all__ = ["SENTENCE_ENDS", "cancels", "compact", "is_cancelled"]

SENTENCE_ENDS = frozenset("。;")
"""Signs that end a sentence."""

_REACH = 8
_MOST_TERMS = 300
"""Words of a sentence among which a word for cancelling looks for numbers (assumed: no sentence is longer)."""
_BESIDE = 4
"""Characters that may stand between a number and the word that cancels it, such as ` を`."""
_COUNTED = ("項", "号")


def cancels(cursor: Cursor, text: str) -> tuple[list[str], list[Doubt]]:
    """The messages that words such as `撤销` cancel, those named near them in the same sentence.

    Args:
        cursor: over the terms of a message; numbers that are read are marked there as used.
        text: of the message.

    Returns:
        Their names, and a doubt for each sentence that cancels something and names nothing.
    """
    found: list[str] = []
    nameless: dict[int, Term] = {}
    naming: set[int] = set()
    sentence = 0
    for number, word in enumerate(cursor.terms):
        sentence += word.text in SENTENCE_ENDS
        if word.role is not Role.CANCEL:
            continue
        names = [*_names(cursor, number, 1, text), *_names(cursor, number, -1, text)]
        found += [name for name in names if name not in found]
        if names:
            naming.add(sentence)
        else:
            nameless.setdefault(sentence, word)
    return found, [
        Doubt(word.span, f"Found {word.text!r}: expected the number of the message that it cancels.")
        for where, word in nameless.items()
        if where not in naming
    ]


def is_cancelled(own: re.Match[str], cursor: Cursor) -> bool:
    """Whether the first number of a message is not its own, but that of what it cancels: a word for it is at it."""
    cancelling = [word for word in cursor.terms if word.role is Role.CANCEL]
    return any(own.start() - _BESIDE <= word.end and word.start <= own.end() + _BESIDE for word in cancelling)


def compact(name: str) -> str:
    """A name without blanks."""
    return "".join(name.split())


def _names(cursor: Cursor, number: int, step: int, text: str) -> list[str]:
    """The numbers of messages on one side of a term, up to the end of the sentence or the first clause without one."""
    found = []
    place = number + step
    stop = number + step * _MOST_TERMS
    while place != stop and 0 <= place < len(cursor.terms) and cursor.terms[place].text not in SENTENCE_ENDS:
        word = cursor.terms[place]
        if word.role is Role.CANCEL:
            break
        if word.role is Role.SERIES:
            name, last = _name(cursor, place, text)
            if name:
                more, last = _more_names(cursor, last, name)
                found += [name, *more]
                cursor.used.update(range(place, last))
        elif step < 0 and word.text == ",":
            break
        place += step
    return found


def _more_names(cursor: Cursor, last: int, name: str) -> tuple[list[str], int]:
    """Numbers that follow the first of a series, such as `、82/26`, and the number of the term behind them."""
    found = []
    series = name.rstrip("0123456789/")
    words = cursor.terms
    while (
        last + 3 < len(words)
        and words[last].role is Role.AND
        and words[last + 1].role is words[last + 3].role is Role.NUMBER
        and words[last + 2].text == "/"
    ):
        found.append(f"{series}{words[last + 1].text}/{words[last + 3].text}")
        last += 4
    return found, last


def _name(cursor: Cursor, place: int, text: str) -> tuple[str, int]:
    """What a message is called whose series stands here, and the number of the term behind it."""
    last = place + 1
    while last < len(cursor.terms) and last < place + _REACH:
        word = cursor.terms[last]
        is_part = word.role in (Role.NUMBER, Role.YEAR, Role.ERA, Role.FIRST_YEAR) or word.text in (
            "/",
            "-",
            "項",
            "号",
            "第",
        )
        if not is_part or not _is_joined(cursor.terms[last - 1], word, text):
            break
        last += 1
    if last == place + 1:
        return "", last
    start = cursor.terms[place].start
    before = cursor.terms[place - 1] if place else None
    if before is not None and before.role is Role.OTHER and before.end == start:
        start = max(before.start, start - 1) if len(cursor.terms[place].text) <= 2 else before.start
    return compact(text[start : cursor.terms[last - 1].end]), last


def _is_joined(before: Term, word: Term, text: str) -> bool:
    """Whether two parts of a name belong together: no blank parts them, or only one that cannot part two numbers."""
    if word.start == before.end:
        return True
    is_between = before.role in (Role.SERIES, Role.YEAR) or "/" in (before.text, word.text) or word.text in _COUNTED
    return is_between and word.start == before.end + 1 and text[before.end] != "\n"
