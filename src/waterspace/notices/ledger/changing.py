"""What is otherwise in a notice than in the one before it, in words for a watch officer, and whether danger grew.

Both are asked of what is still to come: what differs in times that are over concerns nobody.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from waterspace.errors import GeometryError
from waterspace.messages.phrasing.positions import BLANK
from waterspace.messages.phrasing.schedules import ZULU_STYLE, schedule_text
from waterspace.messages.reading import Form
from waterspace.notation import format_band, format_distance, format_duration, format_position, format_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Band, Footprint, Window
    from waterspace.notices.ledger.content import Place, Said

__all__ = ["changes", "is_wider", "share"]

_SLACK_M = 20.0
"""What reaches no farther out of an area lies in it: about the last digit of a position, assumed."""
_HUNDRED = 100.0
_SAID = {
    "": ("{new} instead of until further notice", "until further notice instead of {old}"),
    "alternates: ": ("now {new}", "none any more"),
}
"""For times and for alternates: what is said where there were none before, and where there are none now."""


# ------------------------------------------------------------------------------------------------------------- danger


def is_wider(old: Sequence[Place], new: Sequence[Place], slack_m: float = _SLACK_M) -> bool:
    """Whether something is dangerous at a place, a height or a time of which nobody was warned.

    Args:
        old: what was sent.
        new: what is meant now.
        slack_m: how far a place may reach out of others and count as in them.
    """
    return any(_is_untold(place, old, slack_m) for place in new)


def _is_untold(place: Place, old: Sequence[Place], slack_m: float) -> bool:
    """Whether some of a place at some of its times is in none of others."""
    around = [one for one in old if _holds_band(one.band, place.band)]
    known: dict[tuple[int, ...], bool] = {}
    for window in place.times:
        for members in _together(window, around):
            if members not in known:
                known[members] = _is_covered(place.footprint, [around[at].footprint for at in members], slack_m)
            if not known[members]:
                return True
    return False


def _holds_band(outer: Band, inner: Band) -> bool:
    return outer.floor_m <= inner.floor_m and inner.ceiling_m <= outer.ceiling_m


def _together(window: Window, places: Sequence[Place]) -> Iterator[tuple[int, ...]]:
    """Which of some places are in force together, for every part of a window."""
    edges = {edge for place in places for one in place.times for edge in (one.start_ms, one.end_ms)}
    inside = sorted({edge for edge in edges if window.start_ms < edge < window.end_ms})
    for start_ms, end_ms in pairwise((window.start_ms, *inside, window.end_ms)):
        yield tuple(
            at
            for at, place in enumerate(places)
            if any(one.start_ms <= start_ms and end_ms <= one.end_ms for one in place.times)
        )


def _is_covered(footprint: Footprint, others: Sequence[Footprint], slack_m: float = _SLACK_M) -> bool:
    """Whether all of a footprint lies in some of others; not where nobody can tell."""
    if footprint in others:
        return True
    import shapely

    from waterspace.geometry.footprints import centre
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import solid

    try:
        near = [other for other in others if _may_meet(footprint, other, slack_m)]
        plane = Plane(centre(footprint))
        around = shapely.union_all([solid(other, plane) for other in near]).buffer(slack_m)
        return bool(around.covers(solid(footprint, plane)))
    except GeometryError:
        return False


def _may_meet(one: Footprint, other: Footprint, slack_m: float) -> bool:
    from waterspace.geometry.footprints import bounding_circle
    from waterspace.geometry.geodesic import distance_m

    first, second = bounding_circle(one), bounding_circle(other)
    return distance_m(first.centre, second.centre) <= first.radius_m + second.radius_m + slack_m


# -------------------------------------------------------------------------------------------------------------- words


def changes(old: Said, new: Said, now_ms: int) -> tuple[str, ...]:
    """What is otherwise, half a sentence each; nothing where both say the same of what is to come.

    Args:
        old: what was sent.
        new: what is meant now, rounded as the old is.
        now_ms: what ended before it is left out, milliseconds since 1970-01-01T00:00Z.
    """
    if not old.places:
        return ("warns of no place as it was sent",)
    before, after = old.after(now_ms), new.after(now_ms)
    found: list[str] = []
    if before != after:
        pairs, dropped, added = _paired(before, after)
        shift = None if dropped or added else _common_shift(pairs)
        found += [] if shift is None else [f"everything {_shift_words(shift)}"]
        said = [(place, _between(was, place, has_shift=shift is not None)) for was, place in pairs]
        found += _grouped(said, len(after))
        found += [f"no longer {_named(place)}" for place in dropped]
        found += [f"also {_named(place)}, {_schedule(place.windows)}" for place in added]
    elif not before:
        return ()
    if old.restriction is not new.restriction:
        found.append(f"asks for {_plain(new.restriction)} instead of {_plain(old.restriction)}")
    if old.circle != new.circle:
        found.append("the circle of line Q is another")
    is_said = bool(found) and _lag_ms(new) is not None and _lag_ms(new) == _lag_ms(old)
    return tuple(found) if is_said or old.cancel_ms == new.cancel_ms else (*found, _cancel_words(old, new))


def _lag_ms(said: Said) -> int | None:
    """From the last end to the cancellation; None where there is not both."""
    return None if said.cancel_ms is None or said.last_end_ms is None else said.cancel_ms - said.last_end_ms


def _cancel_words(old: Said, new: Said) -> str:
    if new.cancel_ms is None:
        return "does not cancel itself any more"
    if old.cancel_ms is None:
        return f"cancels itself at {format_time(new.cancel_ms)} now"
    return f"cancels itself {_by(new.cancel_ms - old.cancel_ms)}, at {format_time(new.cancel_ms)}"


def _plain(word: str) -> str:
    return {
        "none": "nothing",
        "prohibited": "nobody to enter",
        "prohibited_inside": "nobody to enter territorial waters",
        "dangerous": "care, as it is dangerous",
    }.get(word, word.replace("_", " "))


def _paired(old: Sequence[Place], new: Sequence[Place]) -> tuple[list[tuple[Place, Place]], list[Place], list[Place]]:
    """Each new place with the old one that it was; what was dropped, what was added."""
    left, pairs, others = list(old), [], []
    for place in new:
        alike = [one for one in left if (one.footprint, one.form) == (place.footprint, place.form)]
        if alike:
            best = min(alike, key=lambda one: _what(one) != _what(place))
            left.remove(best)
            pairs.append((best, place))
        else:
            others.append(place)
    if len(left) == len(others) == 1:
        return [*pairs, (left[0], others[0])], [], []
    added: list[Place] = []
    for place in others:
        meeting = [one for one in left if share(one.footprint, place.footprint) > 0.0]
        if meeting:
            best = max(meeting, key=lambda one: share(one.footprint, place.footprint))
            left.remove(best)
            pairs.append((best, place))
        else:
            added.append(place)
    return pairs, left, added


def _what(place: Place) -> tuple[object, ...]:
    return place.category, place.activity, place.band


def _grouped(said: Sequence[tuple[Place, Sequence[str]]], count: int) -> list[str]:
    """What is said of places: once where it holds for all of them, else with the places."""
    together: dict[str, list[Place]] = {}
    for place, phrases in said:
        for phrase in phrases:
            together.setdefault(phrase, []).append(place)
    return [
        phrase if len(places) == count else f"{phrase} ({', '.join(_named(place) for place in places)})"
        for phrase, places in together.items()
    ]


def _named(place: Place) -> str:
    """A place by its middle."""
    from waterspace.geometry.footprints import centre

    word = {Form.AREA: "the area around", Form.LINE: "the line around", Form.POSITION: "the position"}[place.form]
    middle = centre(place.footprint)
    return f"{word} {format_position(middle.lat_deg, middle.lon_deg)}"


def _between(old: Place, new: Place, *, has_shift: bool) -> list[str]:
    """What is otherwise in one place; not its times where one shift of all of them has been said."""
    found = [
        _area_words(old, new),
        "" if has_shift else _time_words(old.windows, new.windows, ""),
        _time_words(old.reserves, new.reserves, "alternates: "),
    ]
    if (old.category, old.activity) != (new.category, new.activity):
        found.append(f"is {_goes_on(new)} instead of {_goes_on(old)}")
    if old.band != new.band:
        found.append(f"reaches from {_heights(new.band)} instead of {_heights(old.band)}")
    return [phrase for phrase in found if phrase]


def _goes_on(place: Place) -> str:
    return place.activity or place.category.replace("_", " ")


def _heights(band: Band) -> str:
    return format_band(band.floor_m, band.ceiling_m)


# ------------------------------------------------------------------------------------------------------------- places


def share(one: Footprint, other: Footprint) -> float:
    """How much of one footprint lies in another, of 1."""
    from waterspace.geometry.footprints import centre
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import solid

    try:
        if not _may_meet(one, other, _SLACK_M):
            return 0.0
        plane = Plane(centre(one))
        inner, outer = solid(one, plane), solid(other, plane)
        return float(inner.intersection(outer).area / inner.area) if inner.area else float(inner.intersects(outer))
    except GeometryError:
        return 0.0


def _area_words(old: Place, new: Place) -> str:
    from waterspace.geometry.footprints import centre
    from waterspace.geometry.geodesic import distance_m

    if (old.footprint, old.form) == (new.footprint, new.form):
        return ""
    if old.form is not Form.AREA or new.form is not Form.AREA:
        return f"is at another place, {_moved(distance_m(centre(old.footprint), centre(new.footprint)))}"
    return _limits_words(old.footprint, new.footprint)


def _limits_words(old: Footprint, new: Footprint) -> str:
    from waterspace.geometry.footprints import area_m2, centre
    from waterspace.geometry.geodesic import distance_m

    has_grown, has_shrunk = _is_covered(old, [new]), _is_covered(new, [old])
    if has_grown and has_shrunk:
        return "has its limits a little otherwise"
    ratio = area_m2(new) / max(area_m2(old), 1.0)
    if has_grown:
        return f"grew by {_percent(ratio - 1.0)}"
    if has_shrunk:
        return f"shrank by {_percent(1.0 - ratio)}"
    common = share(new, old)
    if not common:
        return f"lies elsewhere, {_moved(distance_m(centre(old), centre(new)))}"
    return f"has other limits, {_percent(1.0 - common)} of it outside the old ones"


def _moved(length_m: float) -> str:
    return f"{format_distance(length_m)} from where it was"


def _percent(ratio: float) -> str:
    percent = round(_HUNDRED * ratio)
    return f"{percent} %" if percent >= 1 else "less than 1 %"


# -------------------------------------------------------------------------------------------------------------- times


def _time_words(old: Sequence[Window], new: Sequence[Window], label: str) -> str:
    if old == new:
        return ""
    begun, ended = _SAID[label]
    if not old or not new:
        return label + (ended if old else begun).format(old=_schedule(old), new=_schedule(new))
    if len(old) == len(new):
        shifts = [_shift(*both) for both in zip(old, new, strict=True)]
        moved = [(shift, window) for shift, window in zip(shifts, new, strict=True) if any(shift)]
        if len(moved) == 1:
            shift, window = moved[0]
            return f"{label}{_shift_words(shift)} on {_day(window.end_ms if shift[1] else window.start_ms)}"
        if len({*shifts}) == 1:
            return f"{label}{_shift_words(shifts[0])}, each of {len(new)} times"
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    if not gone or not come:
        return f"{label}{'no longer' if gone else 'also'} {_schedule(gone or come)}"
    return f"{label}{_schedule(new)} instead of {_schedule(old)}"


def _common_shift(pairs: Sequence[tuple[Place, Place]]) -> tuple[int, int] | None:
    """By how much all times of several moved; None where there is one, or they did not all move alike."""
    if any(len(old.windows) != len(new.windows) for old, new in pairs):
        return None
    shifts = [_shift(*both) for old, new in pairs for both in zip(old.windows, new.windows, strict=True)]
    return shifts[0] if len(shifts) > 1 and len({*shifts}) == 1 and any(shifts[0]) else None


def _shift(old: Window, new: Window) -> tuple[int, int]:
    return new.start_ms - old.start_ms, new.end_ms - old.end_ms


def _shift_words(shift_ms: tuple[int, int]) -> str:
    start_ms, end_ms = shift_ms
    if start_ms == end_ms:
        return f"begins and ends {_by(start_ms)}"
    words = [f"begins {_by(start_ms)}"] if start_ms else []
    words += [f"ends {_by(end_ms)}"] if end_ms else []
    return " and ".join(words)


def _by(shift_ms: int) -> str:
    return f"{format_duration(abs(shift_ms))} {'later' if shift_ms > 0 else 'earlier'}"


def _day(instant_ms: int) -> str:
    """`23 JUL`."""
    group, month, _ = format_time(instant_ms).split(" ")
    return f"{group[:2]} {month}"


def _schedule(windows: Iterable[Window]) -> str:
    return schedule_text(tuple(windows), (), ZULU_STYLE).replace(BLANK, " ")
