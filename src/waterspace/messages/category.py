"""What a warning is about, by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.cursor import words
from waterspace.messages.practices import PRACTICES
from waterspace.messages.reading import Category

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from waterspace.messages.lexing import Token

__all__ = ["FOREMOST", "category"]

_TELLING = {
    Category.ROCKET_LAUNCHING: "ROCKET ROCKETS SPACECRAFT SPACE SATELLITE LAUNCH LAUNCHING",
    Category.HAZARDOUS_OPERATIONS: "HAZARDOUS DANGEROUS",
    Category.NAVIGATION_PROHIBITED: "PROHIBITED FORBIDDEN SUSPENDED",
    Category.UNDERWATER_OPERATIONS: (
        "CABLE CABLES CABLELAYING PIPELAYING PIPELINE SURVEY SURVEYS UNDERWATER DIVING DREDGING SEISMIC MOORING "
        "MOORINGS DRILLING"
    ),
    Category.DISTRESS: (
        "DISTRESS ADRIFT OVERBOARD OVERDUE SINKING MISSING MAYDAY PIRACY PIRATES HIJACKED LOOKOUT EPIRB"
    ),
}
_WORDS: dict[str, Category] = {word: found for found, texts in _TELLING.items() for word in texts.split()}
_WORDS |= {word: found for found, names in PRACTICES.items() for word in names}
_SAYING = frozenset(_WORDS)
_WITH: dict[str, frozenset[str]] = {
    "SPACE": words("DEBRIS OPERATIONS LAUNCH ROCKET MISSILE VEHICLE"),
    "SATELLITE": words("LAUNCH LAUNCHING ROCKET"),
    "LAUNCH": words("SPACE ROCKET VEHICLE SATELLITE MISSILE"),
    "LAUNCHING": words("SPACE ROCKET VEHICLE SATELLITE MISSILE"),
    "DANGEROUS": words("OPERATIONS NAVIGATION OUTSIDE"),
    "HAZARDOUS": words("OPERATIONS ACTIVITIES ACTIVITY OPS NAVIGATION"),
    "EXERCISE": words("MILITARY NAVAL NAVY FLEET SUBMARINE MINE AIR FIRE LIVE JOINT TRAINING"),
    "ADRIFT": words("PERSON PERSONS CREW DISABLED ASSISTANCE ASSIST DISTRESS"),
    "MISSING": words("PERSON PERSONS CREW AIRCRAFT YACHT VESSEL"),
}
"""Words that tell only with one of these somewhere in the message: `EXERCISE CAUTION` is no exercise."""
FOREMOST = (
    Category.DISTRESS,
    Category.ROCKET_LAUNCHING,
    Category.MISSILE,
    Category.GUNNERY,
    Category.BOMBING,
    Category.UNDERWATER_OPERATIONS,
    Category.MILITARY_EXERCISE,
    Category.HAZARDOUS_OPERATIONS,
    Category.NAVIGATION_PROHIBITED,
    Category.OTHER,
)
"""The order in which a text of several subjects is about one of them."""


def category(tokens: Sequence[Token], said: AbstractSet[str] | None = None) -> Category:
    """What some tokens are about: the foremost of what their words say; `OTHER` where they say nothing.

    Args:
        tokens: of a message or of a part.
        said: their texts, where they are known already.
    """
    texts = {token[1] for token in tokens} if said is None else said
    if "SINKING" in texts and _is_sinking_exercise([token.text for token in tokens]):
        texts = texts - {"SINKING"} | {"SINKEX"}
    found = {_WORDS[text] for text in texts & _SAYING if text not in _WITH or texts & _WITH[text]}
    return min(found, key=FOREMOST.index) if found else Category.OTHER


def _is_sinking_exercise(said: Sequence[str]) -> bool:
    """Whether a vessel is sunk for practice, so that none is in distress; `SINKING, EXERCISE CAUTION` is not that."""
    return any(
        before == "SINKING" and word in ("EXERCISE", "EXERCISES") and after not in ("CAUTION", "EXTREME", "GREAT")
        for before, word, after in zip(said, said[1:], [*said[2:], ""], strict=False)
    )
