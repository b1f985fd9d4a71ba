"""Reads a warning to mariners in English: its paragraphs, places, times and cancellations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from waterspace.errors import GeometryError
from waterspace.messages import shapes
from waterspace.messages.areas import read_areas
from waterspace.messages.asides import mistyped, open_ended, shifted
from waterspace.messages.bounds import bounded
from waterspace.messages.cancels import read_cancels
from waterspace.messages.category import category
from waterspace.messages.converted import without_last_night
from waterspace.messages.cursor import COORDINATES, Cursor
from waterspace.messages.heading import read_heading, year_of
from waterspace.messages.intent import Intent, Shape
from waterspace.messages.lexing import plain
from waterspace.messages.lexing import tokens as tokens_of
from waterspace.messages.outline import Block, outline
from waterspace.messages.reading import Category, Doubt, Reading, Span, WarnedArea
from waterspace.messages.silences import placeless, silences
from waterspace.messages.times import NO_TIMES
from waterspace.messages.timing import Apart, mixed, read_timing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from waterspace.messages.lexing import Token
    from waterspace.messages.places import Places
    from waterspace.messages.reading import Message

__all__ = ["read_warning"]

_CANCELS = frozenset({"CANCEL", "CANCELS", "CANCELLED", "CANCELED", "CANX"})
_OVERDUE = frozenset({"OVERDUE", "UNREPORTED", "MISSING"})
_ASKED = (Category.HAZARDOUS_OPERATIONS, Category.NAVIGATION_PROHIBITED)
"""What the last of some lettered areas may say of all of them, as `ENTERING PROHIBITED`."""
_PLACES_OF_A_VOYAGE = 2
_CORNERS = 3


@dataclass(slots=True)
class _Part:
    """A part of a message and its places."""

    block: Block
    path: tuple[str, ...]
    places: Places
    below: list[_Part] = field(default_factory=list)

    def walk(self) -> Iterator[_Part]:
        """This part and all below it."""
        yield self
        for part in self.below:
            yield from part.walk()


def read_warning(message: Message) -> Reading:
    """Read a warning.

    Args:
        message: as it was found.
    """
    text = plain(message.text)
    tokens = tokens_of(text)
    heading = read_heading(tokens, message.issued_ms)
    issued_ms = message.issued_ms if heading.issued_ms is None else heading.issued_ms
    year = heading.year or year_of(message.id)
    cancels = read_cancels(tokens, issued_ms, series=heading.series, year=year)
    whole = outline(text, tokens)
    root = _read(tokens, whole, (), None)
    parts = list(root.walk())
    placed = [part.block.start for part in parts if part.places.areas]
    timing = read_timing(tokens, root.block, Apart(heading, cancels, issued_ms, year), placed)
    said = {token[1] for token in tokens}
    about = _abouts(tokens, said, root)
    areas: list[WarnedArea] = []
    doubts: list[Doubt] = [*heading.doubts, *cancels.doubts, *whole.doubts]
    numbered = {part.path[0] for part in parts if part.path and part.places.areas}
    for part in parts:
        doubts += part.places.doubts
        doubts += mixed(timing.times.get(part.block.start, NO_TIMES), part.places.areas)
        label = _label(part.path, is_numbered=len(numbered) > 1)
        for area in part.places.areas:
            times = timing.of(part.block, area)
            spells = without_last_night(times.spells, text)
            areas.append(
                WarnedArea(  # `replace` takes five times as long
                    form=area.form,
                    footprint=area.footprint,
                    positions=area.positions,
                    spans=area.spans,
                    label=label,
                    spells=spells,
                    reserves=times.reserves,
                    band=area.band,
                    category=about.get(part.path[:1], about[()]),
                    resolution_deg=area.resolution_deg,
                )
            )
    doubts += silences(tokens, said, has_areas=bool(areas))
    doubts += mistyped(said, text)
    doubts += shifted(tokens, said, text) if areas else ()
    if not (areas or doubts):
        has_times = any(timing.times.values())
        if has_times or not cancels.cancels:
            doubts += placeless(tokens, said, about[()], has_times=has_times)
    return bounded(
        Reading(
            message=message,
            areas=tuple(areas),
            doubts=tuple(sorted((*doubts, *timing.doubts), key=_place)),
            remarks=tuple(open_ended(tokens, said)) if areas else (),
            cancels=cancels.cancels,
            cancel_ms=cancels.cancel_ms,
            issued_ms=issued_ms,
            series=heading.series,
            number=heading.number,
        )
    )


def _abouts(tokens: Sequence[Token], said: AbstractSet[str], root: _Part) -> dict[tuple[str, ...], Category]:
    """What each paragraph is about; what the whole message is about where a paragraph does not say."""
    whole = category(tokens, said)
    found: dict[tuple[str, ...], Category] = {(): whole}
    for part in root.below:
        if not any(one.places.areas for one in part.walk()):
            continue
        about = category(tokens[part.block.start : part.block.end])
        is_letter = part.block.label.isalpha()
        found[part.path[:1]] = whole if about is Category.OTHER or (is_letter and about in _ASKED) else about
    return found


def _place(doubt: Doubt) -> Span:
    return doubt.span


def _label(path: tuple[str, ...], *, is_numbered: bool) -> str:
    """What a message calls a part: `A`, `2B`; empty for a paragraph that is the only one with places."""
    return "".join(path if is_numbered else path[1:]) if path and path[0].isdigit() else "".join(path)


def _read(tokens: Sequence[Token], block: Block, path: tuple[str, ...], inherited: Intent | None) -> _Part:
    """A part and those below it."""
    if block.start < block.end and tokens[block.start].text in _CANCELS:
        return _cancelled(tokens, block, path)
    if block.is_area and (inherited is None or inherited.shape is Shape.NONE):
        inherited = Intent(shape=Shape.AREA)
    part = _Part(block, path, read_areas(tokens, block.start, block.lead, inherited))
    _doubt_voyage(tokens, block, part.places)
    pending = part.places.pending
    if pending.shape in (Shape.BOUND, Shape.AREA) and _are_corners(tokens, block):
        _join(tokens, block, part.places, pending)
        return part
    announced = pending if pending.is_open else None
    part.below = [_read(tokens, child, (*path, child.label), announced) for child in block.children]
    return part


def _doubt_voyage(tokens: Sequence[Token], block: Block, places: Places) -> None:
    """The ends of a voyage and the last known position of one vessel are not all where the vessel is."""
    if len(places.areas) < _PLACES_OF_A_VOYAGE:
        return
    overdue = next((at for at in range(block.start, block.lead) if tokens[at].text in _OVERDUE), -1)
    if overdue >= 0:
        places.doubt_at(tokens[overdue], "several places are told of one vessel, and not which of them is warned of")


def _cancelled(tokens: Sequence[Token], block: Block, path: tuple[str, ...]) -> _Part:
    """A part that cancels: what it names is no place. What stands behind it may be another message run into it."""
    at = block.start
    while at < block.lead and not (
        tokens[at].text == "." and at + 1 < block.lead and tokens[at + 1].start > tokens[at].end
    ):
        at += 1
    part = _Part(block, path, read_areas(tokens, at, block.lead))
    if part.places.spans:
        part.places.doubts.append(
            Doubt(part.places.spans[0], "Positions stand behind a cancellation: two messages may be run together.")
        )
    if block.children:
        part.places.doubts.append(
            Doubt(
                tokens[block.lead].span,
                "The numbers of paragraphs begin again behind a cancellation: two messages may be run together.",
            )
        )
        part.below = [_read(tokens, child, (*path[:-1], child.label), None) for child in block.children]
    return part


def _are_corners(tokens: Sequence[Token], block: Block) -> bool:
    """Whether each child of a part is one position, so that they may be the corners of one area."""
    if len(block.children) < _CORNERS:
        return False
    for child in block.children[:-1]:
        if child.children or child.end - child.start > 4:
            return False
        if sum(tokens[at].kind in COORDINATES for at in range(child.start, child.end)) != 2:
            return False
    last = block.children[-1]
    return not last.children and sum(tokens[at].kind in COORDINATES for at in range(last.start, last.end)) == 2


def _join(tokens: Sequence[Token], block: Block, places: Places, pending: Intent) -> None:
    """Make one area of parts that are its corners."""
    points = []
    for child in block.children:
        cursor = Cursor(tokens, child.start, child.end)
        while not cursor.on_coordinate:
            cursor.at += 1
        point = cursor.position()
        if point is not None:
            points.append(point)
    if not points:
        return
    span = Span(points[0].span.start, points[-1].span.end)
    places.spans += [point.span for point in points]
    faults = [point for point in points if point.fault]
    if pending.is_plural or pending.shape is Shape.AREA:
        places.doubts.append(Doubt(span, "Areas are announced, and each of their parts is a single position."))
    places.doubts += [Doubt(point.span, f"The position {point.fault}.") for point in faults]
    if faults or len(points) < len(block.children):
        return
    try:
        places.areas.append(shapes.polygon(points))
    except GeometryError as error:
        places.doubts.append(Doubt(span, f"{error}."))
