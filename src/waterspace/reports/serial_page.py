"""The page of a serial type: model, roles, parameters, needs, claims, measures, limits, sources and an example.

Everything on it comes from the type itself: its attributes, the docstring of its module and those of its methods, and
a run of its example. A type from a plug-in gets the same page as one that is built in.
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from waterspace.notation import format_band, format_distance, format_speed
from waterspace.planfile import loads
from waterspace.planfile.parameters import parameter_keys
from waterspace.reports.wording import amount
from waterspace.serials import registry
from waterspace.serials.base import Briefing, SerialType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from waterspace.domain import Run
    from waterspace.planfile.parameters import Parameter
    from waterspace.serials.base import Needs, Role

__all__ = ["Model", "how_many", "model_of", "serial_page"]

_WIDTH = 120
_SEED = 1
_SERIAL = "S1"


class Model(NamedTuple):
    """What the docstring of a type's module says.

    Attributes:
        text: paragraphs on what the units do.
        limits: what the model leaves out or assumes; empty where nothing is said.
    """

    text: tuple[str, ...]
    limits: str


def model_of(type_: SerialType[Any]) -> Model:
    """The model of a type in the words of its module, without the first sentence, which is its summary again."""
    module = sys.modules.get(type(type_).__module__)
    told = inspect.cleandoc((module and module.__doc__) or type(type_).__doc__ or "")
    body, *parts = re.split(r"^(Sources?|Limits):", told, flags=re.MULTILINE)
    named = dict(zip(parts[::2], parts[1::2], strict=True))
    paragraphs = tuple(_joined(paragraph) for paragraph in body.split("\n\n") if paragraph.strip())
    return Model(text=paragraphs[1:] or paragraphs, limits=_sentence(named.get("Limits", "")))


def serial_page(key: str, note: str = "") -> str:
    """The page of a type, in Markdown.

    Args:
        key: of the type.
        note: a line to put under the heading.

    Raises:
        KeyError: there is no such type.
        PlanFileError: its example cannot be read.
    """
    from waterspace.review import rehearse  # the engine behind it is heavy, and the model alone needs none

    type_ = registry.get(key)
    model = model_of(type_)
    blocks = [f"# `{key}`: {type_.title}", note, _wrapped(type_.summary)]
    blocks += ["## What the units do", *map(_wrapped, model.text), _steps(type_)]
    blocks += ["## Who takes part", _table(("role", "units", "moving", ""), map(_role, type_.roles))]
    blocks += ["## Parameters", _parameters(key)]
    blocks += ["## Needs and limits of the day", _needs(type_)]
    example = registry.example(key)
    exercise = loads(example, f"{key}.exercise.yaml") if example else None
    run = rehearse(exercise, _SEED) if exercise is not None else None
    blocks += ["## What it reserves", _reserves(type_, run)]
    blocks += ["## Measures", _measures(type_, run)]
    blocks += ["## Limits of the model", _wrapped(model.limits or "None are stated.")]
    blocks += ["## Sources", *(f"Source: {source}" for source in type_.sources or ("none is stated",))]
    if run is not None:
        blocks += ["## Example", f"```yaml\n{example.strip()}\n```", _wrapped(_ran(run))]
    return "\n\n".join(block for block in blocks if block) + "\n"


def how_many(role: Role) -> str:
    """How many units a role takes, such as `1 or more`."""
    if role.maximum is None:
        return f"{role.minimum} or more"
    return f"{role.minimum}" if role.maximum == role.minimum else f"{role.minimum} to {role.maximum}"


def _steps(type_: SerialType[Any]) -> str:
    """What the type's own methods say of the plan and of a run, where they say more than the frame does."""
    told = (("By the plan", type_.plan), ("In a run", type_.script))
    lines = (f"- {name}: {said[0].lower()}{said[1:]}" for name, method in told if (said := _own_words(method)))
    return "\n".join(textwrap.fill(line, _WIDTH, subsequent_indent="  ", break_on_hyphens=False) for line in lines)


def _own_words(method: object) -> str:
    """The first paragraph of a method's docstring; empty where the type leaves the method to the frame."""
    if getattr(method, "__qualname__", "").startswith(f"{SerialType.__name__}."):
        return ""
    return _joined((inspect.getdoc(method) or "").split("\n\n")[0])


def _role(role: Role) -> tuple[str, ...]:
    return (f"`{role.name}`", how_many(role), ", ".join(sorted(medium.value for medium in role.media)), role.text)


def _parameters(key: str) -> str:
    parameters = parameter_keys(key).parameters.values()
    if not parameters:
        return "None."
    return _table(("parameter", "default", "source of the default", ""), map(_parameter, parameters))


def _parameter(parameter: Parameter) -> tuple[str, ...]:
    if parameter.default:
        default = f"`{parameter.default}`"
    else:
        default = f"{'required' if parameter.required else 'none'}; {parameter.expected}"
    return f"`{parameter.key}`", default, parameter.source, parameter.text


def _needs(type_: SerialType[Any]) -> str:
    try:
        needs = type_.needs(type_.parameters())
    except TypeError:  # a parameter without a default
        return _listed([_own_words(type_.needs), *_occupies(type_)])
    told = [f"An area: {'yes' if needs.area else 'no'}; daylight: {'yes' if needs.daylight else 'no'}; {_day(needs)}."]
    if needs.safety_officer:
        told.append("Somebody who watches safety and nothing else.")
    if needs.source:
        told.append(f"These are the defaults ({needs.source}).")
    return _listed([*told, *_occupies(type_)])


def _day(needs: Needs) -> str:
    """The limits of sea, wind and visibility in words."""
    limits = []
    if needs.sea_state_max is not None:
        limits.append(f"Douglas sea state {needs.sea_state_max} at most")
    if needs.wind_max_mps is not None:
        limits.append(f"wind of {format_speed(needs.wind_max_mps)} at most")
    if needs.visibility_min_m is not None:
        limits.append(f"visibility of {format_distance(needs.visibility_min_m)} at least")
    return ", ".join(limits) or "no limit of sea state, wind or visibility"


def _occupies(type_: SerialType[Any]) -> Iterator[str]:
    duration = _own_words(type_.duration_ms)
    yield f"Where the file gives no duration: {duration[:1].lower()}{duration[1:]}" if duration else ""
    yield "Its units can do nothing else meanwhile." if type_.exclusive else "Its units may be in another serial, too."
    yield f"Hazards: {type_.hazards}."


def _reserves(type_: SerialType[Any], run: Run | None) -> str:
    said = _own_words(type_.reservations) or "Nothing."
    record = next((one for one in run.records if one.serial == _SERIAL), None) if run is not None else None
    if run is None or record is None or record.planned is None:
        return _wrapped(said)
    serial = run.exercise.serials[_SERIAL]
    briefing: Briefing[Any] = Briefing(exercise=run.exercise, serial=serial, window=record.planned)
    claims = type_.reservations(briefing, type_.plan(briefing))
    rows = [
        (
            f"`{claim.id.partition('/')[2]}`",
            re.sub(r"(?<!^)(?=[A-Z])", " ", type(claim.footprint).__name__).lower(),
            format_band(claim.band.floor_m, claim.band.ceiling_m),
            claim.hazard.value,
            claim.provenance.note,
        )
        for claim in claims
    ]
    table = _table(("claim", "shape", "heights", "hazard", ""), rows) if rows else ""
    return "\n\n".join(filter(None, (_wrapped(said), "Of the example below:" if rows else "", table)))


def _measures(type_: SerialType[Any], run: Run | None) -> str:
    if not type_.measured_by:
        return "None."
    values = {} if run is None else {one.name: one.value for one in run.measures if one.subject == _SERIAL}
    rows = ((f"`{name}`", text, _told(name, values.get(name))) for name, text in type_.measured_by.items())
    return _table(("measure", "", "in the example" if run is not None else ""), rows)


def _told(name: str, value: float | None) -> str:
    return "" if value is None else str(amount(name, value).text)


def _ran(run: Run) -> str:
    record = next(one for one in run.records if one.serial == _SERIAL)
    why = f" ({record.reason})" if record.reason else ""
    return (
        f"With seed {run.seed} the serial was {record.status.value}{why}. The measures above are those of this run; "
        f"`waterspace run FILE --seed {run.seed} --out DIR` gives them again."
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, *rows]
    cells = (" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines)
    head, *rest = (f"| {line} |".replace("|  |", "| |") for line in cells)
    return "\n".join((head, "|" + "---|" * len(heads), *rest))


def _listed(items: list[str]) -> str:
    filled = (
        textwrap.fill(f"- {item}", _WIDTH, subsequent_indent="  ", break_on_hyphens=False) for item in items if item
    )
    return "\n".join(filled)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_on_hyphens=False, break_long_words=False)


def _joined(text: str) -> str:
    return " ".join(text.split())


def _sentence(text: str) -> str:
    joined = _joined(text)
    return joined[:1].upper() + joined[1:]
