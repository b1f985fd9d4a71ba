"""What a danger is called in a notice, by what goes on and what is fired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Hazard
from waterspace.messages.category import FOREMOST
from waterspace.messages.practices import PRACTICES, SHOOTING, SINKINGS, TORPEDOES
from waterspace.messages.reading import Category

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.domain import Exercise, Reservation

__all__ = ["Subject", "fired", "misnamed", "rank", "subject_of"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What goes on, as a notice tells it.

    Attributes:
        category: what it counts as.
        words: in the notice; empty for the issuer's own words for the category.
    """

    category: Category
    words: str = ""


def _any_of(names: Iterable[str]) -> str:
    """A pattern for one of some words."""
    return "|".join(sorted(name.casefold() for name in names))


_FIRED = (
    (_any_of(TORPEDOES), Subject(Category.MISSILE, "TORPEDO EXERCISES")),
    (_any_of(PRACTICES[Category.MISSILE] - TORPEDOES), Subject(Category.MISSILE)),
    (r"rockets?", Subject(Category.ROCKET_LAUNCHING, "ROCKET FIRING EXERCISES")),
    (r"depth charges?", Subject(Category.BOMBING, "BOMBING EXERCISES, DEPTH CHARGES")),
    (_any_of({"bomb", *PRACTICES[Category.BOMBING]}), Subject(Category.BOMBING)),
    (_any_of({"gun", "guns", *(PRACTICES[Category.GUNNERY] - SHOOTING)}), Subject(Category.GUNNERY)),
    (_any_of(SINKINGS), Subject(Category.MILITARY_EXERCISE, "SINKING EXERCISES")),
    (r"demolitions?|explosives?", Subject(Category.UNDERWATER_OPERATIONS, "UNDERWATER EXPLOSIONS")),
    (r"mines?|minex|mine(sweeping|hunting)", Subject(Category.MILITARY_EXERCISE, "MINE EXERCISES")),
    (r"lasers?", Subject(Category.HAZARDOUS_OPERATIONS, "HAZARDOUS OPERATIONS, LASERS")),
    (
        r"unmanned (air|aerial|aircraft|combat aerial)|drones?|uavs?",
        Subject(Category.HAZARDOUS_OPERATIONS, "HAZARDOUS OPERATIONS, UNMANNED AIRCRAFT"),
    ),
)
"""Words for what is fired or let off, and what warnings call it; the first that is found decides.

Source: the words of broadcast warnings, 2018 to 2026 (missile, gunnery, bombing and torpedo exercises, rocket firing,
hazardous operations with what they are behind a comma); depth charges, mines, explosions, lasers and sinking are
assumed.
"""
_CHOICES = ("torpedoes", "missiles", "rockets", "bombs", "guns")
_UNSAID = "guns"
"""What `fires` may say, and what it says where it is left out, see `serials.gunnery`."""
_GOING_ON = {
    Hazard.FIRING: Subject(Category.HAZARDOUS_OPERATIONS),
    Hazard.WARNING: Subject(Category.HAZARDOUS_OPERATIONS),
    Hazard.TOWING: Subject(Category.HAZARDOUS_OPERATIONS, "HAZARDOUS OPERATIONS, TOWING"),
    Hazard.FLYING: Subject(Category.MILITARY_EXERCISE, "FLYING EXERCISES"),
    Hazard.UNDERWATER: Subject(Category.MILITARY_EXERCISE, "SUBMARINE EXERCISES"),
    Hazard.MANOEUVRE: Subject(Category.MILITARY_EXERCISE),
    Hazard.EXERCISE: Subject(Category.MILITARY_EXERCISE),
    Hazard.NONE: Subject(Category.OTHER),
}
"""What goes on where no word tells more: assumed."""


def rank(subject: Subject) -> int:
    """How far behind the foremost a subject stands for readers; the lowest gives a notice of several its category."""
    return FOREMOST.index(subject.category)


def subject_of(exercise: Exercise, claim: Reservation) -> Subject:
    """What a claim of a serial is called.

    For what is fired the type is asked first, what its parameters say before its title, then the claim, then the name
    that the planner gave the serial: a gunnery practice against missiles is gunnery.
    """
    from waterspace.serials import registry

    if claim.hazard is not Hazard.FIRING:
        return _GOING_ON[claim.hazard]
    serial = exercise.serials[claim.owner]
    type_ = registry.get(serial.type)
    ordnance = type_.ordnance(serial.parameters)
    said = "" if ordnance is None else ordnance.fires
    return fired(said, f"{type_.key} {type_.title}", claim.name, serial.name) or _GOING_ON[Hazard.FIRING]


def misnamed(exercise: Exercise, id_: str) -> str:
    """A sentence where the name of a serial says that it fires something else than its key `fires`; else empty.

    A name that says both, such as gunnery against missiles, is as it should be.
    """
    from waterspace.serials import registry

    serial = exercise.serials.get(id_)
    ordnance = (
        registry.get(serial.type).ordnance(serial.parameters)
        if serial is not None and registry.exists(serial.type)
        else None
    )
    meant = None if ordnance is None else fired(ordnance.fires)
    if serial is None or ordnance is None or meant is None:
        return ""
    named = _patterns(serial.name)
    other = next((word for word in _CHOICES if _patterns(word) & named), "")
    if not other or _patterns(ordnance.fires) & named:
        return ""
    key = "is guns or is not given" if ordnance.fires == _UNSAID else f"is {ordnance.fires}"
    return f"The name of {id_} says {other}, and `fires` {key}: drafted as {meant.category.value.replace('_', ' ')}."


def _patterns(text: str) -> frozenset[str]:
    """What is fired by the words of a text, as patterns of `_FIRED`."""
    plain = re.sub(r"[\W_]+", " ", text.casefold())
    return frozenset(pattern for pattern, _ in _FIRED if re.search(rf"\b({pattern})\b", plain))


def fired(*texts: str) -> Subject | None:
    """What is fired by the words of some texts, the first that says it; None where none does."""
    for text in texts:
        plain = re.sub(r"[\W_]+", " ", text.casefold())
        for pattern, subject in _FIRED:
            if re.search(rf"\b({pattern})\b", plain):
                return subject
    return None
