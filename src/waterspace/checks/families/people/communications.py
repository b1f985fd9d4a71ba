"""Safety of people (WS6): those who work together can talk to each other, and on safety without anybody else."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from waterspace.checks.families.people.peril import endangering
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.words import listing, plural, span
from waterspace.domain import Amount, Medium, Severity, Window
from waterspace.notation import format_distance
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Net

__all__ = ["net_gap", "no_common_language", "safety_net_missing"]

_CHANNEL_APART = Limit(
    name="channel_apart",
    kind=Kind.DISTANCE,
    default=60.0 * NAUTICAL_MILE_M,
    meaning="Serials nearer to each other than this hear each other on one channel.",
    source="assumed: twice the range of VHF between ships",
)
_NETS_FROM = Limit(
    name="nets_from_ships",
    kind=Kind.COUNT,
    default=6,
    meaning="A plan of so many ships or more that has no nets at all is a finding.",
    source="assumed: fewer settle it between their captains",
)

_SAFETY = "safety"


@rule(
    code="WS608",
    name="no-common-language",
    severity=Severity.ERROR,
    summary="The nations in a serial share no language, or one of them does not speak that of the safety net.",
    why=(
        "The one word that must be understood at once is stop. Languages are those under `participants`; a nation "
        "that names none is taken to speak that of the exercise where the exercise names just one. Nothing is said "
        "where the file names no nation's languages."
    ),
    source=JUDGEMENT,
    bad="""
participants:
  JPN: {service: coast guard, languages: [ja]}
  KOR: {service: coast guard, languages: [ko]}
""",
    good="""
participants:
  JPN: {service: coast guard, languages: [ja, en]}
  KOR: {service: coast guard, languages: [ko, en]}
""",
)
def no_common_language(context: Context) -> Iterator[Remark]:
    """One remark for each set of nations without a language, and one for each safety net that one does not speak."""
    exercise = context.exercise
    spoken = {nation: _plain(one.languages) for nation, one in exercise.participants.items() if one.languages}
    if not spoken:
        return
    usual = _plain(exercise.languages) if len(exercise.languages) == 1 else frozenset()
    together: dict[tuple[str, ...], list[str]] = defaultdict(list)
    unknown: set[str] = set()
    for id_ in exercise.serials:
        nations = {exercise.units[unit].nation for unit in context.assigned[id_]}
        if len(nations) < 2:
            continue
        unknown.update(nation for nation in nations if nation not in spoken and not usual)
        together[tuple(sorted(nations))].append(id_)
    for those, serials in sorted(together.items()):
        known = {nation: spoken.get(nation, usual) for nation in those}
        if all(known.values()) and not frozenset.intersection(*known.values()):
            yield _speechless(context, known, serials)
    yield from _safety_languages(context, spoken)
    if unknown:
        raise NotCheckedError(f"no languages are given for {listing(sorted(unknown))}")


def _plain(languages: Sequence[str]) -> frozenset[str]:
    return frozenset(language.strip().casefold() for language in languages)


def _speechless(context: Context, spoken: Mapping[str, frozenset[str]], serials: list[str]) -> Remark:
    nations = tuple(spoken)
    serials.sort(key=lambda id_: (context.windows.get(id_, _NEVER), id_))
    each = listing([f"{nation} ({', '.join(sorted(spoken[nation]))})" for nation in nations])
    message = (
        f"{each} work together in {listing([context.serial_title(id_) for id_ in serials])}, but no language is spoken "
        "by all of them. Agree on one, or put an interpreter on board and name the language."
    )
    return Remark(
        message=message,
        subjects=(*nations, *serials),
        path=("participants", nations[0], "languages"),
        about=nations,
        window=context.windows.get(serials[0]),
    )


_NEVER = Window(start_ms=2**62, end_ms=2**62)


def _safety_languages(context: Context, spoken: Mapping[str, frozenset[str]]) -> Iterator[Remark]:
    """Safety nets whose language a nation that keeps them does not speak."""
    exercise = context.exercise
    for id_, net in exercise.nets.items():
        if not net.language or not _is_for_safety(net):
            continue
        units = exercise.expand(net.units) if net.units else tuple(exercise.units)
        if net.serials:
            busy = {unit for name in net.serials if name in context.assigned for unit in context.assigned[name]}
            units = tuple(unit for unit in units if unit in busy)
        nations = {exercise.units[unit].nation for unit in units}
        for nation in sorted(nations & spoken.keys()):
            if net.language.strip().casefold() not in spoken[nation]:
                message = (
                    f"The safety net {net.name or id_} is kept in {net.language}, which {nation} "
                    f"({', '.join(sorted(spoken[nation]))}) does not speak. Choose one that everybody on it speaks."
                )
                yield Remark(message=message, subjects=(id_, nation), path=("nets", id_, "language"), window=net.window)


def _is_for_safety(net: Net) -> bool:
    return _SAFETY in net.purpose.casefold()


_FIRING = """
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
"""


@rule(
    code="WS609",
    name="safety-net-missing",
    severity=Severity.WARNING,
    summary="A serial that endangers people has no safety net that all its units keep.",
    why=(
        "Whoever sees the danger must be able to stop the serial without waiting for a pause on the command net. A net "
        "counts if its purpose has the word safety in it, if it is kept for the serial and throughout, and by every "
        "ship, aircraft and headquarters in it. A plan with six ships or more that has no nets at all gets one "
        "advice instead."
    ),
    source=JUDGEMENT,
    bad=f"""{_FIRING}
nets:
  N1: {{name: Command, purpose: command, channel: VHF 72}}
""",
    good=f"""{_FIRING}
nets:
  N1: {{name: Command, purpose: command, channel: VHF 72}}
  N2: {{name: Safety, purpose: safety, channel: VHF 8}}
""",
    limits=(_NETS_FROM,),
)
def safety_net_missing(context: Context) -> Iterator[Remark]:
    """One remark for each serial, or one for the exercise where the file has no nets."""
    exercise = context.exercise
    if not exercise.nets:
        yield from _no_nets(context)
        return
    nets = [net for net in exercise.nets.values() if _is_for_safety(net)]
    kept = {net.id: frozenset(exercise.expand(net.units)) for net in nets}
    for id_ in endangering(context):
        window, units = context.windows[id_], context.assigned[id_]
        lacking = [units - kept[net.id] if net.units else frozenset() for net in nets if _serves(net, id_, window)]
        if not units or any(not missing for missing in lacking):
            continue
        away = min(lacking, key=lambda missing: (len(missing), sorted(missing)), default=frozenset())
        who = f"; {listing([context.unit_title(unit) for unit in sorted(away)])} would not hear it" if away else ""
        message = (
            f"No safety net is kept by everybody in {context.serial_title(id_)}{context.area_title(id_)}, "
            f"{span(window)}{who}. Plan one with the word safety in its purpose, and name all of them."
        )
        yield Remark(message=message, subjects=(id_,), path=("serials", id_), window=window)


def _no_nets(context: Context) -> Iterator[Remark]:
    exercise = context.exercise
    at_sea = {Medium.SURFACE, Medium.SUBSURFACE}
    ships = sum(unit.count for id_, unit in exercise.units.items() if context.medium(id_) in at_sea)
    if ships >= context.limit(_NETS_FROM) and exercise.serials:
        message = (
            f"With {plural(ships, 'ship')} at sea the plan has no nets: nobody can see from it who talks with whom, or "
            "on what safety is kept. Name them under nets."
        )
        yield Remark(message=message, subjects=(), path=("units",), severity=Severity.ADVICE)


def _serves(net: Net, serial: str, window: Window) -> bool:
    """Whether a net is kept for a serial and throughout it."""
    if net.serials and serial not in net.serials:
        return False
    return net.window is None or (net.window.start_ms <= window.start_ms and window.end_ms <= net.window.end_ms)


@rule(
    code="WS610",
    name="net-gap",
    severity=Severity.WARNING,
    summary="The communications plan has a gap: two units of a serial share no net, a net no channel, or two nets one.",
    why=(
        "What the plan leaves open is settled on channel 16, aloud and in front of everybody. Two nets may have one "
        "channel where they are kept at different times, or for serials that are too far apart to hear each other."
    ),
    source=f"{JUDGEMENT}; the distance is assumed",
    bad="""
nets:
  N1: {name: Command, purpose: command, channel: VHF 72, units: ALFA}
""",
    good="""
nets:
  N1: {name: Command, purpose: command, channel: VHF 72, units: [ALFA, BRAVO]}
""",
    limits=(_CHANNEL_APART,),
)
def net_gap(context: Context) -> Iterator[Remark]:
    """Nets without a channel, nets that share one, and units of a serial that share no net."""
    nets = context.exercise.nets
    if not nets:
        return
    for id_, net in nets.items():
        if not net.channel.strip():
            message = f"The net {net.name or id_} has no channel. Give it one."
            yield Remark(message=message, subjects=(id_,), path=("nets", id_), window=net.window)
    by_channel: dict[str, list[Net]] = defaultdict(list)
    for net in nets.values():
        if net.channel.strip():
            by_channel["".join(net.channel.casefold().split())].append(net)
    for sharing in by_channel.values():
        for first, second in combinations(sorted(sharing, key=lambda net: net.id), 2):
            yield from _one_channel(context, first, second)
    yield from _silent(context)


def _one_channel(context: Context, first: Net, second: Net) -> Iterator[Remark]:
    """A remark where two nets of one channel are kept at one time, near each other."""
    for here, mine in _times(context, first):
        for there, theirs in _times(context, second):
            both = mine.overlap(theirs)
            apart_m = _apart_m(context, here, there)
            if both is None or (apart_m is not None and apart_m >= context.limit(_CHANNEL_APART)):
                continue
            where = "" if not apart_m else f", {format_distance(apart_m)} apart"
            message = (
                f"The nets {first.name or first.id} and {second.name or second.id} are both kept on {first.channel} "
                f"{span(both)}{where}. Give one of them another channel."
            )
            amount = None
            if apart_m is not None:
                limit_nm = context.limit(_CHANNEL_APART) / NAUTICAL_MILE_M
                amount = Amount(value=apart_m / NAUTICAL_MILE_M, limit=limit_nm, unit="nm")
            path = ("nets", second.id, "channel")
            yield Remark(message=message, subjects=(first.id, second.id), path=path, window=both, amount=amount)
            return


def _times(context: Context, net: Net) -> Iterator[tuple[str, Window]]:
    """When a net is kept: for each of its serials with a time, or on its own under an empty name."""
    kept = net.window or context.exercise.window
    if not net.serials:
        yield "", kept
    for id_ in net.serials:
        both = context.windows[id_].overlap(kept) if id_ in context.windows else None
        if both is not None:
            yield id_, both


def _apart_m(context: Context, here: str, there: str) -> float | None:
    """How far two serials are from each other; None where one of them has no place."""
    from waterspace.geometry.geodesic import distance_m

    a = context.area_position(here) if here else None
    b = context.area_position(there) if there else None
    return None if a is None or b is None else distance_m(a, b)


def _silent(context: Context) -> Iterator[Remark]:
    """Serials of which two units share no net."""
    exercise = context.exercise
    masks: dict[str, int] = dict.fromkeys(exercise.units, 0)
    for number, net in enumerate(exercise.nets.values()):
        for unit in exercise.expand(net.units) if net.units else exercise.units:
            masks[unit] |= 1 << number
    for id_, window in context.windows.items():
        serving = sum(1 << number for number, net in enumerate(exercise.nets.values()) if _serves(net, id_, window))
        units = sorted(context.assigned[id_])
        heard = {masks[unit] & serving for unit in units}
        if len(units) < 2 or (0 not in heard and all(a & b for a, b in combinations(heard, 2))):
            continue
        pair = next((a, b) for a, b in combinations(units, 2) if not masks[a] & masks[b] & serving)
        count = sum(not masks[a] & masks[b] & serving for a, b in combinations(units, 2))
        more = f", and {count - 1} more such {'pair' if count == 2 else 'pairs'}" if count > 1 else ""
        message = (
            f"{context.unit_title(pair[0])} and {context.unit_title(pair[1])}{more} share no net in "
            f"{context.serial_title(id_)}, {span(window)}. Put both on one that is kept for it."
        )
        yield Remark(
            message=message, subjects=(id_, *pair), path=("serials", id_, "units"), about=(id_,), window=window
        )
