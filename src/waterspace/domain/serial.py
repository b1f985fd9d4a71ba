"""Serial: one numbered activity of the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from waterspace.domain.place import Provenance

if TYPE_CHECKING:
    from waterspace.domain.arrangements import AnimalWatch
    from waterspace.domain.reservation import Window

__all__ = ["Conditions", "Serial"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a serial asks of the day, beyond what its type asks.

    Attributes:
        daylight: the sun must be up throughout; None leaves it to the serial's type.
        sea_state_max: highest Douglas sea state, 0 to 9; None leaves it to the type.
        wind_max_mps: strongest mean wind; None leaves it to the type.
        visibility_min_m: least visibility; None leaves it to the type.
    """

    daylight: bool | None = None
    sea_state_max: int | None = None
    wind_max_mps: float | None = None
    visibility_min_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Serial:
    """One activity: what, where, when, who, and what for.

    Attributes:
        id: such as `S104`.
        type: key of the serial type, such as `gunnery`.
        parameters: an instance of the type's own frozen dataclass, in SI.
        area: id of an area; empty where the type needs none.
        units: role to ids of units or groups, as the file gives them; `Exercise.units_in` expands groups.
        start_ms: fixed start; None where the serial floats.
        end_ms: fixed end; None where only a duration is given.
        earliest_ms: the serial may not start before.
        latest_ms: the serial may not start after.
        duration_ms: None where the type can work it out from its parameters.
        after: ids of serials that must have ended.
        objectives: ids of objectives.
        safety_officer: name or office.
        conducting_officer: name or office.
        phase: id of the phase; empty where none is named.
        lead: country that leads it, ISO 3166-1 alpha-3; empty where none is named.
        reserve: when it is held instead if it cannot be held as planned; in order of time, apart.
        animal_watch: how it keeps clear of animals; None where the file does not say.
    """

    id: str
    type: str
    parameters: object
    name: str = ""
    area: str = ""
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    start_ms: int | None = None
    end_ms: int | None = None
    earliest_ms: int | None = None
    latest_ms: int | None = None
    duration_ms: int | None = None
    after: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    safety_officer: str = ""
    conducting_officer: str = ""
    phase: str = ""
    lead: str = ""
    reserve: tuple[Window, ...] = ()
    animal_watch: AnimalWatch | None = None
    conditions: Conditions = Conditions()
    provenance: Provenance = Provenance()
