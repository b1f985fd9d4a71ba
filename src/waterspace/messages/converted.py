"""Daily hours of warnings that were converted from another clock, day by day.

The coastal warnings of China in English give in UTC what was set in the clock of Beijing: the first day is that of the
first start and the last that of the last end. `FROM 2330 UTC TO 0130 UTC DAILY FROM 16 TO 18 SEP` is said of the
mornings of the 17th and the 18th in Beijing, so two nights in UTC. Elsewhere the last day is one on which hours start.

Source: English and Chinese texts of one warning beside each other (HN166/26 and 琼航警174/26).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.reading import Spell

__all__ = ["without_last_night"]

_ISSUER = re.compile(r"\bMSA,? CHINA\b|\bCHINA MSA\b")
_DAILY = re.compile(r"\bDAILY,? FROM \d|\bFROM [^.]{0,40}\bDAILY FROM\b")


def without_last_night(spells: Sequence[Spell], text: str) -> tuple[Spell, ...]:
    """The spells less the last where it begins on the day that only ends the others.

    Args:
        spells: in order of time.
        text: of the message, as `lexing.plain` gives it.
    """
    found = tuple(spells)
    if len(found) < 2 or "CHINA" not in text or _ISSUER.search(text) is None or _DAILY.search(text) is None:
        return found
    starts = [spell.start_ms for spell in found]
    if any(start is None or not _is_nightly(spell) for start, spell in zip(starts, found, strict=True)):
        return found
    steps = {(after or 0) - (before or 0) for before, after in pairwise(starts)}
    return found[:-1] if steps == {DAY_MS} else found


def _is_nightly(spell: Spell) -> bool:
    """Whether a spell of less than a day crosses midnight in UTC."""
    if spell.start_ms is None or spell.end_ms is None:
        return False
    return (spell.end_ms - 1) // DAY_MS == spell.start_ms // DAY_MS + 1 and spell.end_ms - spell.start_ms < DAY_MS
