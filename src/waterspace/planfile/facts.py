"""What many keys of the file have in common, as the domain has it: where a fact is from, windows, water."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from waterspace.domain import Band, Provenance, Window

if TYPE_CHECKING:
    from waterspace.domain import Footprint
    from waterspace.planfile import arranging, pieces, wire

__all__ = ["Water", "band_of", "provenance_of", "water_of", "window_of"]

_NO_PROVENANCE = Provenance()


def provenance_of(entry: pieces.Fact) -> Provenance:
    """Where a fact is from, how sure it is and what is noted; the same empty one where nothing is said."""
    if not entry.source and entry.confidence is None and not entry.note:
        return _NO_PROVENANCE
    return Provenance(source=entry.source, confidence=entry.confidence, note=entry.note)


def window_of(
    span: pieces.WindowWire | wire.PhaseWire | wire.ContextExerciseWire | wire.ObserverWire | wire.WeatherWire,
) -> Window:
    """From the start to the end of an entry."""
    return Window(start_ms=span.start, end_ms=span.end)


def band_of(entry: pieces.Shaped) -> Band:
    """The heights of an entry; all where it gives none."""
    if entry.vertical is None:
        return Band()
    floor_m, ceiling_m = entry.vertical
    return Band(floor_m=floor_m, ceiling_m=ceiling_m)


def _shape(entry: pieces.Shaped) -> Footprint:
    """The footprint of an entry that must have one."""
    footprint = entry.footprint()
    assert footprint is not None, "agreement.py refuses an area without shape"
    return footprint


class Water(TypedDict):
    """What areas, habitats and reservations have in common."""

    id: str
    name: str
    footprint: Footprint
    band: Band
    provenance: Provenance


def water_of(id_: str, entry: wire.AreaWire | arranging.HabitatWire | wire.ReservationWire) -> Water:
    """The part of an entry that says which water it is; without a name it is called by its id."""
    return Water(
        id=id_,
        name=entry.name or id_,
        footprint=_shape(entry),
        band=band_of(entry),
        provenance=provenance_of(entry),
    )
