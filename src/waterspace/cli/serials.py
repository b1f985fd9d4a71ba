"""`waterspace serials`: the serial types that can be used here."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.planfile.parameters import Parameter

__all__ = ["command"]

_WIDTH = 100


def command(
    key: Annotated[str | None, typer.Argument(metavar="[TYPE]", help="Such as gunnery; without it, all types.")] = None,
    *,
    page: Annotated[
        bool, typer.Option("--page", help="The whole page in Markdown, with the example and what it measured.")
    ] = False,
) -> None:
    """List serial types, or explain one.

    The explanation gives model, roles, parameters, hazards, measures, limits and sources.
    """
    from waterspace.serials import registry

    keys = registry.keys()
    if key is None:
        width = max(len(name) for name in keys)
        for name, type_ in registry.serial_types().items():
            plug_in = "" if registry.origin(name) == "built in" else " (plug-in)"
            typer.echo(f"{name:<{width}}  {type_.summary}{plug_in}")
        return
    if key not in keys:
        raise typer.BadParameter(f"no serial type is called {key!r}; there are {', '.join(keys)}")
    if page:
        from waterspace.reports.serial_page import serial_page

        typer.echo(serial_page(key), nl=False)
        return
    typer.echo("\n".join(_describe(key)))


def _describe(key: str) -> Iterator[str]:
    from waterspace.planfile.parameters import parameter_keys
    from waterspace.reports.serial_page import how_many, model_of
    from waterspace.serials import registry

    type_ = registry.get(key)
    model = model_of(type_)
    yield from _wrapped(f"{key}: {type_.summary}", "")
    for paragraph in model.text:
        yield ""
        yield from _wrapped(paragraph, "")
    yield ""
    yield "units by role"
    for role in type_.roles:
        media = " or ".join(sorted(medium.value for medium in role.media))
        yield from _wrapped(f"{role.name} ({how_many(role)}, {media}): {role.text}", "  ")
    yield "parameters"
    for parameter in parameter_keys(key).parameters.values():
        yield from _wrapped(f"{parameter.key}: {_what(parameter)}", "  ")
    yield "hazards"
    yield from _wrapped(type_.hazards, "  ")
    yield "measures"
    for name, text in type_.measured_by.items():
        yield from _wrapped(f"{name}: {text}", "  ")
    if model.limits:
        yield "limits"
        yield from _wrapped(model.limits, "  ")
    yield "sources"
    for source in type_.sources:
        yield from _wrapped(source, "  ")


def _what(parameter: Parameter) -> str:
    if parameter.required:
        return f"{parameter.text} Required: {parameter.expected}."
    if not parameter.default:
        return f"{parameter.text} Optional: {parameter.expected}."
    origin = f" ({parameter.source})" if parameter.source else ""
    return f"{parameter.text} Default {parameter.default}{origin}."


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)
