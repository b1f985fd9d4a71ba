"""Expected: which measures a campaign can have, known before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.errors import CampaignError
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Exercise

__all__ = ["expected_measures", "refuse_unexpected", "unknown_measure"]

_OF_THE_EXERCISE = ("completed_count", "cut_short_count", "not_run_count")
_OF_A_SERIAL = ("completed_ratio", "late_ms")
_OF_A_UNIT = ("fuel_lowest_ratio", "fuel_final_ratio")


def expected_measures(exercise: Exercise) -> tuple[str, ...]:
    """The names of the measures that the serials of a plan may give, of the exercise and of the fuel of its units."""
    found = [f"exercise.{name}" for name in _OF_THE_EXERCISE]
    for id_, serial in exercise.serials.items():
        found += (f"{id_}.{name}" for name in dict.fromkeys((*_OF_A_SERIAL, *_measured_by(serial.type))))
    found += (f"{unit}.{name}" for unit in exercise.units for name in _OF_A_UNIT)
    return tuple(dict.fromkeys(found))


def refuse_unexpected(measure: str, plans: Sequence[Exercise], option: str) -> None:
    """Refuse a measure that no run can have.

    A serial whose type does not say what it measures is taken at its word.

    Args:
        measure: as the user wrote it.
        plans: of the campaign.
        option: that it was given with, such as `--show`.

    Raises:
        CampaignError: no plan has such a measure.
    """
    subject, _, name = measure.partition(".")
    for plan in plans:
        serial = plan.serials.get(subject)
        if name and serial is not None and not _measured_by(serial.type):
            return
    known = tuple(dict.fromkeys(one for plan in plans for one in expected_measures(plan)))
    if measure.partition("#")[0] not in known:
        raise CampaignError(f"{option}: {unknown_measure(measure, known)}")


def unknown_measure(name: str, names: Sequence[str]) -> str:
    """What to say of a measure that no run has, with those that were perhaps meant."""
    from difflib import get_close_matches

    subject, _, own = name.partition(".")
    of_subject = {one.partition(".")[2]: one for one in names if one.partition(".")[0] == subject}
    near = [of_subject[one] for one in get_close_matches(own, of_subject, n=3, cutoff=0.5)]
    near = near or get_close_matches(name, names, n=3, cutoff=0.5)
    advice = f"did you mean {' or '.join(near)}?" if near else f"there are for example {', '.join(names[:6])}"
    return f"no run has a measure {name!r}; {advice}"


def _measured_by(type_: str) -> tuple[str, ...]:
    return tuple(registry.get(type_).measured_by) if registry.exists(type_) else ()
