"""A text as YAML writes it, so that the same text is read back."""

from __future__ import annotations

import re

__all__ = ["quote", "quote_like"]

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 .,;()+°'_/-]|:(?=[^\s]))*")
_ENDS_PLAIN = re.compile(r"[^\s,:;'-]")
_NULLS = frozenset({"null", "Null", "NULL"})
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quote(text: str) -> str:
    """The text itself where nobody could misread it, otherwise in double quotes."""
    return text if _is_plain(text) else _double(text)


def quote_like(text: str, old: str) -> str:
    """The text as YAML writes it, quoted as an old text was where that can be."""
    if old.startswith('"'):
        return _double(text)
    if old.startswith("'") and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return quote(text)


def _is_plain(text: str) -> bool:
    # Commas separate items inside brackets, where a text without quotes would end.
    plain = _PLAIN.fullmatch(text) is not None and _ENDS_PLAIN.fullmatch(text[-1:]) is not None
    return plain and "," not in text and text not in _NULLS


def _double(text: str) -> str:
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable() or character == " ":
        return character
    return f"\\U{ord(character):08X}"
