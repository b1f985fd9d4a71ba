"""Warnings of others as a plan meets them: reservations with their numbers, their times and their places in a file.

    for warning in standing(read(paths), during):
        print(warning.id, warning.reservations)

A message that stands twice counts once; the same words with other times are another, such as a notice by radio that
names no year. One that another message cancels counts only until that was issued. Numbers come again, so a cancellation
acts on the latest of its number that was issued before it, and on nothing that was issued later. A warning that is
reserved for alternate days is taken to be in force on them too. What has no end is in force until further notice; what
has no times at all is in force from its issue on, if all of the message was understood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Hazard, Provenance, Reservation, Window, join_windows
from waterspace.environment.overlays.area_windows import ALWAYS
from waterspace.messages.bounds import enclosing
from waterspace.messages.reading import Form, Verdict
from waterspace.quantity import DEGREE_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Footprint
    from waterspace.messages.reading import Reading, Spell, WarnedArea

__all__ = ["EVER", "StandingWarning", "place_of", "read", "standing"]

EVER = ALWAYS
"""A window that ends with it is open until further notice."""
_FIRST_MS, _LAST_MS = EVER.start_ms, EVER.end_ms
_FILES = 256
_LEAST_REACH_M = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingWarning:
    """A message of others that may be in force at some time.

    Attributes:
        id: what it calls itself, such as `HYDROPAC 1234/26`; its file and line where it has no name of its own, and
            with a number behind it where another message has that name.
        reading: what was understood of it.
        reservations: its areas with their times, owned by `id`; none where no place or no time was understood.
        areas: which of the reading's areas gave each of `reservations`.
        vague: areas of which a place was understood, but no time.
    """

    id: str
    reading: Reading
    reservations: tuple[Reservation, ...] = ()
    areas: tuple[WarnedArea, ...] = ()
    vague: tuple[WarnedArea, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether some of it has no end."""
        return any(claim.windows[-1].end_ms == _LAST_MS for claim in self.reservations)


def read(paths: Iterable[Path]) -> tuple[Reading, ...]:
    """The readings of files and folders of messages, in order; a file that has not changed is not read again.

    Raises:
        DataFileError: one of them cannot be read.
    """
    from waterspace.messages.finding import files_of

    found: list[Reading] = []
    for path in paths:
        files = files_of(path)
        if not files or not path.is_dir():
            found += _read(str(path), _stamp(path))
            continue
        for file in files:
            found += _read_of_folder(str(path), str(file), _stamp(file))
    return tuple(found)


def standing(readings: Iterable[Reading], during: Window | None = None) -> Iterator[StandingWarning]:
    """The messages that may be in force, each once, in order.

    Args:
        readings: of all the messages that are known; what one cancels need not stand before it.
        during: leaves out what surely is over before, or begins after; without it nothing is left out.
    """
    given = tuple(readings)
    ends = _ends(given)
    seen: dict[tuple[object, ...], str] = {}
    told: set[str] = set()
    named: dict[str, int] = {}
    for at, reading in enumerate(given):
        end_ms = ends.get(at, _LAST_MS)
        mark = (*_mark(reading), end_ms)
        if mark not in seen:
            name = _name(reading)
            named[name] = number = named.get(name, 0) + 1
            seen[mark] = name if number == 1 else f"{name} ({number})"
        id_ = seen[mark]
        warning = None if id_ in told else _standing(id_, reading, end_ms)
        if warning is not None and (during is None or _may_fall_in(warning, during)):
            told.add(id_)
            yield warning


def place_of(reading: Reading, at: int = 0, folder: str = "") -> str:
    """Where a character of a message stands: `warnings/hydropac.txt:14`.

    Args:
        reading: of the message.
        at: the character, counted from 0 in its text.
        folder: to which the name of the file is told where it lies inside.
    """
    message = reading.message
    file = Path(message.file)
    if folder and file.is_relative_to(folder):
        file = file.relative_to(folder)
    return f"{file.as_posix()}:{message.line + message.text.count(chr(10), 0, at)}"


@lru_cache(maxsize=_FILES)
def _read(path: str, stamp: tuple[int, int]) -> tuple[Reading, ...]:  # noqa: ARG001  # a changed file is another
    from waterspace.messages.reader import read_all

    return tuple(read_all([path]))


def _read_of_folder(folder: str, file: str, stamp: tuple[int, int]) -> tuple[Reading, ...]:
    """The readings of one file of a folder; one that cannot be read is a message for review, as the reader has it."""
    from waterspace.errors import DataFileError
    from waterspace.messages.reader import read_all

    try:
        return _read(file, stamp)
    except DataFileError:
        return tuple(reading for reading in read_all([folder]) if reading.message.file == file)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        known = path.stat()
    except OSError:
        return (0, 0)
    return (known.st_mtime_ns, known.st_size)


def _key(name: str) -> str:
    return " ".join(name.upper().split())


def _name(reading: Reading) -> str:
    name = reading.message.id
    return f"{Path(reading.message.file).name}:{reading.message.line}" if name.isdecimal() else name


def _words(reading: Reading) -> str:
    return " ".join(reading.message.text.split())


def _mark(reading: Reading) -> tuple[object, ...]:
    """What readings of one message have in common: name, words and times; what it leaves open hangs on its issue."""
    name = reading.message.id
    spells = tuple((area.spells, area.reserves) for area in reading.areas)
    is_told = bool(spells) and all(
        some and all(spell.start_ms is not None for spell in (*some, *reserves)) for some, reserves in spells
    )
    return "" if name.isdecimal() else _key(name), _words(reading), spells, None if is_told else reading.issued_ms


def _ends(readings: Sequence[Reading]) -> dict[int, int]:
    """Place of a message among the readings to when another cancels it; those that nobody cancels are left out."""
    named: dict[str, list[int]] = {}
    for at, reading in enumerate(readings):
        named.setdefault(_key(reading.message.id), []).append(at)
    found: dict[int, int] = {}
    for at, reading in enumerate(readings):
        if reading.verdict is Verdict.REVIEW:
            continue
        end_ms = _FIRST_MS if reading.issued_ms is None else reading.issued_ms
        for name in reading.cancels:
            others = [other for other in named.get(_key(name), ()) if other != at]
            for other in _meant(readings, at, others):
                found[other] = min(found.get(other, _LAST_MS), end_ms)
    return found


def _meant(readings: Sequence[Reading], at: int, named: Sequence[int]) -> Iterator[int]:
    """Which of the messages of one name a cancellation means: the latest before it, in every copy of it.

    Where no times of issue tell which that is, it is the last that stands before the cancellation, or the only one.

    Args:
        readings: all of them.
        at: place of the cancellation.
        named: places of the messages of the name that it cancels.
    """
    at_ms = readings[at].issued_ms
    issued = [(readings[other].issued_ms, other) for other in named]
    fit = [other for when_ms, other in issued if when_ms is None or at_ms is None or when_ms <= at_ms]
    known = [(when_ms, other) for when_ms, other in issued if when_ms is not None]
    dated = [] if at_ms is None else [pair for pair in known if pair[0] <= at_ms]
    before = [other for other in fit if other < at]
    if dated:
        chosen = max(dated)[1]
    elif before:
        chosen = before[-1]
    elif fit and all(_is_copy(readings[fit[0]], readings[other]) for other in fit):
        chosen = fit[0]
    else:
        return
    yield from (other for other in fit if _is_copy(readings[chosen], readings[other]))


def _is_copy(first: Reading, second: Reading) -> bool:
    """Whether two messages of one name are one: issued together, or the same words, or the same water and times."""
    if first.issued_ms is not None and first.issued_ms == second.issued_ms:
        return True
    if _words(first) == _words(second):
        return True
    said = [[(area.footprint, area.spells, area.reserves) for area in one.areas] for one in (first, second)]
    return bool(said[0]) and said[0] == said[1]


def _standing(id_: str, reading: Reading, end_ms: int) -> StandingWarning | None:
    """A message that is not cancelled before it begins; None where it is, or only cancels others."""
    is_read = reading.verdict is Verdict.UNDERSTOOD
    claims: list[Reservation] = []
    areas: list[WarnedArea] = []
    vague: list[WarnedArea] = []
    for number, area in enumerate(reading.areas, start=1):
        spells = (*area.spells, *area.reserves)
        if not spells and not is_read:
            vague.append(area)
            continue
        windows = _windows(reading, spells, end_ms)
        if windows:
            claims.append(_reservation(id_, reading, number, windows))
            areas.append(area)
    has_ended = end_ms <= _FIRST_MS or (reading.issued_ms is not None and end_ms <= reading.issued_ms)
    is_over = bool(reading.areas) and not claims and not vague
    only_cancels = reading.verdict is Verdict.NO_AREA and bool(reading.cancels)
    if has_ended or is_over or only_cancels:
        return None
    return StandingWarning(id=id_, reading=reading, reservations=tuple(claims), areas=tuple(areas), vague=tuple(vague))


def _windows(reading: Reading, spells: Sequence[Spell], end_ms: int) -> tuple[Window, ...]:
    """When a warning is in force, those that overlap or touch joined; an open end is that of the message."""
    issued_ms = _FIRST_MS if reading.issued_ms is None else reading.issued_ms
    open_ms = _LAST_MS if reading.cancel_ms is None else reading.cancel_ms
    spans = [(spell.start_ms, spell.end_ms) for spell in spells] or [(None, None)]
    found = []
    for first_ms, last_ms in spans:
        start_ms = issued_ms if first_ms is None else first_ms
        stop_ms = min(open_ms if last_ms is None else last_ms, end_ms)
        if start_ms < stop_ms:
            found.append(Window(start_ms=start_ms, end_ms=stop_ms))
    return join_windows(found) if found else ()


def _reservation(id_: str, reading: Reading, number: int, windows: tuple[Window, ...]) -> Reservation:
    area = reading.areas[number - 1]
    label = area.label or (str(number) if len(reading.areas) > 1 else "")
    return Reservation(
        id=f"{id_}/{label}-{number}" if area.label else f"{id_}/{number}",
        owner=id_,
        name=f"{id_} {label}".rstrip(),
        footprint=_water(area, is_doubtful=reading.verdict is Verdict.REVIEW),
        band=area.band,
        windows=windows,
        hazard=Hazard.WARNING,
        provenance=Provenance(source=f"{id_} ({place_of(reading, area.spans[0].start if area.spans else 0)})"),
    )


def _water(area: WarnedArea, *, is_doubtful: bool) -> Footprint:
    """The water of an area; that of a position or a line reaches as far as its coordinates leave open.

    All between the corners of one whose sides cross, which is in doubt.
    """
    reach_m = max(area.resolution_deg * DEGREE_M, _LEAST_REACH_M)
    shape = area.footprint
    if area.form is Form.POSITION and isinstance(shape, Circle):
        return replace(shape, radius_m=max(shape.radius_m, reach_m))
    if area.form is Form.LINE and isinstance(shape, Corridor):
        return replace(shape, half_width_m=max(shape.half_width_m, reach_m))
    return enclosing(area) if is_doubtful else shape


def _may_fall_in(warning: StandingWarning, during: Window) -> bool:
    """Whether a warning may concern a time: by its areas, or where it leaves open when or where it holds."""
    if any(window.overlap(during) for claim in warning.reservations for window in claim.windows):
        return True
    reading = warning.reading
    if not warning.vague and reading.verdict is not Verdict.REVIEW and reading.areas:
        return False
    is_over = reading.cancel_ms is not None and reading.cancel_ms <= during.start_ms
    is_later = reading.issued_ms is not None and reading.issued_ms >= during.end_ms
    if is_over or is_later:
        return False
    return bool(warning.vague) or not reading.areas or not warning.reservations
