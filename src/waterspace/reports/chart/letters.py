"""Letters: how wide words are on a page, as far as can be told without the fonts of whoever looks at it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BOLD", "PLAIN", "text_width"]

_THOUSANDTH_EM = 0.001
_CAPITAL_EM, _SMALL_EM, _FULL_EM = 0.85, 0.72, 1.02
"""Widths of letters that the tables leave out; an em is the size of the letters."""


def _table(advances: str) -> Mapping[str, float]:
    """Widths in ems by character, from thousandths of an em in the order of ASCII."""
    return {chr(code): int(advance) * _THOUSANDTH_EM for code, advance in enumerate(advances.split(), ord(" "))}


PLAIN: Final = _table(
    """
    318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 636 636 636 636 337
    337 838 838 838 531 1000 684 686 698 770 632 575 775 752 295 295 656 557 863 748 787 603 787 695 635 611 732
    684 989 685 611 685 390 337 390 838 500 500 613 635 550 635 615 352 635 634 278 278 579 278 974 634 612 635
    635 411 521 392 634 592 818 592 592 525 636 337 636 838
    """
)
"""Widths in the widest of the fonts named. Source: advances of DejaVu Sans 2.37, printable ASCII."""

BOLD: Final = _table(
    """
    348 456 521 838 696 1002 872 306 457 457 523 838 380 415 380 365 696 696 696 696 696 696 696 696 696 696 400
    400 838 838 838 580 1000 774 762 734 830 683 683 821 837 372 372 775 637 995 837 850 733 850 770 720 682 812
    774 1103 771 724 725 457 365 457 838 500 500 675 716 593 716 678 435 716 712 343 343 665 343 1042 712 687 716
    716 493 595 478 712 652 924 645 652 582 712 365 712 838
    """
)
"""The same for bold letters. Source: advances of DejaVu Sans Bold 2.37, printable ASCII."""


def text_width(words: str, size: float, advances: Mapping[str, float] = PLAIN) -> float:
    """Width of a line in pixels: in the widest of the fonts named, so that none of them makes it wider.

    Args:
        words: one line.
        size: of the letters, in pixels.
        advances: `PLAIN` or `BOLD`.
    """
    return size * sum(advances[one] if one in advances else _unlisted_em(one) for one in words)


def _unlisted_em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return _FULL_EM
    if unicodedata.combining(character):
        return 0.0
    return _CAPITAL_EM if character.isupper() else _SMALL_EM
