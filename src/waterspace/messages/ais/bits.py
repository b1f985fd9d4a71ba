"""Fields of bits, as binary messages of the AIS have them.

Source: Recommendation ITU-R M.1371-5, tables 47 (six-bit characters) and 3.3.7 (order of bits).
"""

from __future__ import annotations

__all__ = ["Bits", "Fields", "armoured", "six_bit", "unarmoured"]

_SIX = 6
_AT = 64


class Bits:
    """Collects fields, the most significant bit of each first."""

    def __init__(self) -> None:
        self._text: list[str] = []

    def add(self, value: int, width: int) -> None:
        """A field; a negative value in two's complement.

        Raises:
            ValueError: the value does not fit.
        """
        if not -(1 << (width - 1)) <= value < 1 << width:
            raise ValueError(f"{value} does not fit into {width} bits")
        self._text.append(f"{value % (1 << width):0{width}b}")

    def text(self) -> str:
        """All bits as noughts and ones."""
        return "".join(self._text)


class Fields:
    """Reads fields one after another; what lies beyond the end reads as nought."""

    def __init__(self, bits: str) -> None:
        self.bits = bits
        self.at = 0

    @property
    def left(self) -> int:
        """Bits that are not read yet."""
        return max(len(self.bits) - self.at, 0)

    def take(self, width: int) -> int:
        """An unsigned field."""
        text = self.bits[self.at : self.at + width].ljust(width, "0")
        self.at += width
        return int(text, 2)

    def signed(self, width: int) -> int:
        """A field in two's complement."""
        value = self.take(width)
        return value - (1 << width) if value >> (width - 1) else value

    def characters(self, count: int) -> str:
        """Six-bit characters up to the first `@`, spaces at the end cut off."""
        codes = [self.take(_SIX) for _ in range(count)]
        text = "".join(chr(code + _AT if code < _AT // 2 else code) for code in codes)
        return text.partition("@")[0].rstrip()


def six_bit(text: str, count: int) -> list[int]:
    """The codes of a text of six-bit characters, filled with `@`; what has no code becomes a space."""
    codes = [ord(sign) for sign in text.upper()[:count].ljust(count, "@")]
    return [code % _AT if _AT // 2 <= code < _AT + _AT // 2 else _AT // 2 for code in codes]


def armoured(bits: str) -> tuple[str, int]:
    """Bits as the characters of a sentence, and how many bits were added to fill the last one."""
    fill = -len(bits) % _SIX
    padded = bits + "0" * fill
    values = [int(padded[at : at + _SIX], 2) for at in range(0, len(padded), _SIX)]
    return "".join(chr(value + 48 + (8 if value >= 40 else 0)) for value in values), fill


def unarmoured(payload: str, fill: int) -> str | None:
    """The bits of a payload without those that fill it; None where a character is none of the armour."""
    found: list[str] = []
    for sign in payload:
        value = ord(sign) - 48
        if not (0 <= value < 40 or 48 <= value < 72):
            return None
        found.append(f"{value - (8 if value >= 48 else 0):06b}")
    bits = "".join(found)
    return bits[: len(bits) - fill] if fill else bits
