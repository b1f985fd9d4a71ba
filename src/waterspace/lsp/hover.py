"""What an editor shows of the place under the pointer: of a key, an id, an amount, a position, the code of a rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from waterspace import checks, notation
from waterspace.domain import Position
from waterspace.errors import GeometryError, NotationError, UnknownRuleError, WaterspaceError
from waterspace.lsp.amounts import in_other_units
from waterspace.lsp.keys import key_at, value_kind
from waterspace.lsp.names import targets_of

if TYPE_CHECKING:
    from waterspace.checks import Rule
    from waterspace.domain import Platform
    from waterspace.lsp.keys import Key
    from waterspace.lsp.layout import Site
    from waterspace.lsp.names import Name
    from waterspace.lsp.plan import Plan
    from waterspace.lsp.text import Span

__all__ = ["Shown", "about_key", "about_platform", "about_rule", "hover"]

_CODE = re.compile(r"\bWS\d{3}\b")


class Shown(NamedTuple):
    """A text in Markdown, and what it is about."""

    markdown: str
    span: Span


def hover(plan: Plan, offset: int) -> Shown | None:
    """What is to be said of the place at an offset; None where there is nothing to say."""
    return _of_code(plan, offset) or _of_site(plan, offset)


# ---------------------------------------------------------------------------------------------------------- rules


def _of_code(plan: Plan, offset: int) -> Shown | None:
    start, end = plan.text.span_of_line(plan.text.line_of(offset))
    for match in _CODE.finditer(plan.text.body, start, end):
        if match.start() <= offset <= match.end():
            try:
                return Shown(about_rule(checks.get(match[0])), match.span())
            except UnknownRuleError as error:
                return Shown(f"{str(error)[:1].upper()}{str(error)[1:]}.", match.span())
    return None


def about_rule(rule: Rule) -> str:
    """A rule in Markdown."""
    parts = [
        f"**{rule.code} {rule.name}** ({rule.severity.value}; {checks.family(rule.code)})",
        rule.summary,
        rule.why,
        *(
            f"Limit `{limit.name}`, {limit.write(limit.default)} unless the staff sets it: {limit.meaning}"
            for limit in rule.limits
        ),
        f"Source: {rule.source}",
        *(f"Data: it reads the file that `{key}` names; in the examples `{file}`." for key, file in rule.reads.items()),
        f"Bad:\n\n```yaml\n{rule.bad.strip()}\n```",
        f"Good:\n\n```yaml\n{rule.good.strip()}\n```",
    ]
    return "\n\n".join(parts)


# ------------------------------------------------------------------------------------------------- keys and values


def _of_site(plan: Plan, offset: int) -> Shown | None:
    site = None if plan.layout is None else plan.layout.site(offset)
    if site is None:
        return None
    said = _of_key(plan, site) if site.is_key else _of_value(plan, site)
    return Shown(said, site.span) if said else None


def _of_key(plan: Plan, site: Site) -> str:
    key = key_at(site.path, plan.type_of)
    if key is not None:
        return about_key(key)
    name = None if plan.names is None else plan.names.definitions.get(".".join(site.path[:-1]), {}).get(site.path[-1])
    return "" if name is None else _about_name(plan, name)


def about_key(key: Key) -> str:
    """A key in Markdown: what it means, what may be written, within which bounds, what holds without it."""
    parts = [f"**{key.name}**{' (required)' if key.required else ''}", key.text]
    if key.expected:
        parts.append(f"Write {key.expected}{', or a list of such' if key.takes_several else ''}.")
    if key.bounds:
        parts.append(f"Bounds: {key.bounds}.")
    if key.default:
        parts.append(f"Default: {key.default}.{f' Source: {key.source}' if key.source else ''}")
    parts += [f"- `{word}`{f': {text}' if text else ''}" for word, text in key.choices[:20] if text]
    return "\n\n".join(part for part in parts if part)


def _of_value(plan: Plan, site: Site) -> str:
    text = "" if plan.layout is None else plan.layout.text_at(site.path) or ""
    key = value_kind(site.path, plan.type_of)
    parts = [_of_name(plan, site), _of_choice(key, text), _of_place(site, text)]
    if key is not None and key.reader is not None:
        parts.append(_of_amount(plan, key.expected, text))
    if not any(parts) and key is not None:
        parts.append(about_key(key))
    return "\n\n".join(part for part in parts if part)


def _of_choice(key: Key | None, text: str) -> str:
    meant = dict(key.choices).get(text, "") if key is not None else ""
    return f"**{text}**\n\n{meant}" if meant else ""


def _of_amount(plan: Plan, expected: str, text: str) -> str:
    offset_ms = 0 if plan.exercise is None else plan.exercise.local_offset_ms
    said = in_other_units(expected, text, offset_ms)
    if not said and expected.startswith("a port"):  # a home may be a position
        said = in_other_units(notation.POSITION, text)
    if not said:
        return ""
    listed = "\n".join(f"- {part}" for part in said)
    return "\n\n".join((f"**{text}**", listed, _of_position(plan, text))).strip()


def _of_position(plan: Plan, text: str) -> str:
    """The zone in which a position lies, and the nearest land; empty for other texts."""
    try:
        lat_deg, lon_deg = notation.parse_position(text)
    except NotationError:
        return ""
    from waterspace.environment.limits import zones
    from waterspace.environment.shores import coast

    position = Position(lat_deg=lat_deg, lon_deg=lon_deg)
    holders = {} if plan.exercise is None else plan.exercise.data.holders
    try:
        zone = zones.load(holders).at(position)
        land = coast.load().nearest_land(position)
    except (NotationError, GeometryError):
        return ""
    whose = f", {zone.state}" if zone.state else ""
    near = f"nearest land {notation.format_distance(land.distance_m)} off{f', {land.state}' if land.state else ''}"
    return f"{zone.zone.value}{whose}; {near}. {zone.notes[0]}"


def _of_place(site: Site, text: str) -> str:
    """The port or airfield that a home names."""
    if site.path[-1] != "home":
        return ""
    from waterspace.environment import places

    place = places.find(text)
    if place is None:
        return ""
    where = notation.format_position(place.position.lat_deg, place.position.lon_deg)
    return f"**{place.code or place.name}** {place.name}, {place.state} ({place.kind.value}), {where}"


# ------------------------------------------------------------------------------------------------------------- ids


def _of_name(plan: Plan, site: Site) -> str:
    targets = targets_of(site.path)
    name = None if plan.names is None or not targets else plan.names.at(site.span[0])
    if name is None:
        return ""
    if name.section:
        return _about_name(plan, name)
    if "classes" in targets:
        from waterspace.environment import classes

        platform = classes.library().get(name.id)
        return "" if platform is None else about_platform(platform)
    return ""


def _about_name(plan: Plan, name: Name) -> str:
    """What an entry is, where it is defined, how often it is used; of a serial also its planned time."""
    if plan.names is None:
        return ""
    definition = plan.names.definition(name)
    uses = sum(1 for one in plan.names.occurrences(name) if not one.is_definition)
    what = name.section.rpartition(".")[2].replace("_", " ")
    parts = [f"**{name.id}** ({what})", plan.label(name.section, name.id), *_facts(plan, name)]
    if definition is not None:
        line = plan.text.line_of(definition.span[0]) + 1
        parts.append(f"Defined in line {line}, used {uses} {'time' if uses == 1 else 'times'}.")
    return "\n\n".join(part for part in parts if part)


def _facts(plan: Plan, name: Name) -> list[str]:
    """What the newest plan that could be understood says of an entry."""
    exercise = plan.exercise
    if exercise is None:
        return []
    if name.section == "serials":
        return _planned(plan, name.id)
    platform = exercise.platform(name.id) if name.section == "units" else None
    if name.section == "classes":
        platform = exercise.platforms.get(name.id)
    return [] if platform is None else [about_platform(platform)]


def _planned(plan: Plan, serial: str) -> list[str]:
    from waterspace import programme

    assert plan.exercise is not None
    try:
        window = programme.build(plan.exercise).timing.windows.get(serial)
    except WaterspaceError:  # a plug-in may fail
        return []
    if window is None:
        return ["No planned time."]
    offset_ms = plan.exercise.local_offset_ms
    zones_ms = (0, offset_ms) if offset_ms else (0,)
    said = [
        " to ".join(notation.format_time(at_ms, zone_ms) for at_ms in (window.start_ms, window.end_ms))
        for zone_ms in zones_ms
    ]
    return [f"Planned {', local '.join(said)}."]


def about_platform(platform: Platform) -> str:
    """A class of ship or aircraft in Markdown, what is known of it."""
    said = [
        ("length", platform.length_m, notation.format_distance),
        ("draught", platform.draught_m, lambda depth_m: f"{depth_m:g} m"),
        ("greatest speed", platform.max_speed_mps, notation.format_speed),
        ("economical speed", platform.economical_speed_mps, notation.format_speed),
        ("cruising speed", platform.cruise_speed_mps, notation.format_speed),
        ("range", platform.range_m, notation.format_distance),
    ]
    figures = ", ".join(f"{what} {write(value)}" for what, value, write in said if value is not None)
    head = f"Class **{platform.key}** {platform.name}: {platform.kind}, {platform.medium.value}"
    return f"{head}\n\n{figures}" if figures else head
