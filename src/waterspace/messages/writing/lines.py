"""Lines of a notice: broken between words at a width, and in the few signs that a telex knows."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.messages.phrasing.positions import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["folded", "telex"]

_TELEX = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-?:().,'=/+ \n")
"""Letters, figures and signs of the telegraph alphabet that every receiver prints alike.

Source: Recommendation ITU-T S.1, International Telegraph Alphabet No. 2; signs that are a nation's own left out.
"""
_NEAREST = {
    **{ord(sign): "'" for sign in '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'},
    **{ord(sign): "'" for sign in "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"},
    **{ord(sign): "-" for sign in "_\N{EN DASH}\N{EM DASH}"},
    **{ord(sign): near for sign, near in zip(";&[]", ",+()", strict=True)},
}


def folded(paragraphs: Iterable[str], width: int) -> str:
    """Paragraphs as lines.

    Args:
        paragraphs: each begins a line; blanks of no width to break at are `BLANK`.
        width: most characters of a line; a word that is longer stands alone.
    """
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return "\n".join(lines).replace(BLANK, " ")


def telex(text: str) -> str:
    """A text in the telegraph alphabet, with the nearest sign for one that it lacks.

    Raises:
        DraftError: a sign has none that is near.
    """
    decomposed = unicodedata.normalize("NFKD", text.upper().translate(_NEAREST))
    found = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    for line in found.splitlines():
        strange = next((sign for sign in line if sign not in _TELEX), "")
        if strange:
            raise DraftError(
                f"the telegraph alphabet has no {strange!r}, which stands in {line!r}; write it with letters, digits "
                "and the signs - ? : ( ) . , ' = / +"
            )
    return found
