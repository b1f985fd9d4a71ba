"""`waterspace rule`: what a rule means, why it is there and where it comes from."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from waterspace.checks import Limit, Rule

__all__ = ["Format", "command"]


class Format(StrEnum):
    """How rules are written."""

    TEXT = "text"
    JSON = "json"


def command(
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="Such as WS201; WS2 lists a family.")] = None,
    *,
    list_: Annotated[
        bool, typer.Option("--list", help="All rules, or those whose codes begin so, a line each.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TEXT,
) -> None:
    """Explain a rule, or list them all."""
    from waterspace.checks import codes_matching, explain, get, rules

    if code is None or list_ or _is_family(code):
        chosen = rules() if code is None else tuple(get(one) for one in codes_matching(code))
        if not chosen:
            raise typer.BadParameter(f"no rule begins with {code!r}; `waterspace rule` lists them all")
        if format_ is Format.JSON:
            typer.echo(json.dumps([_entry(rule) for rule in chosen], indent=2, ensure_ascii=False))
            return
        for rule in chosen:
            typer.echo(f"{rule.code}  {rule.severity.value:<8} {rule.name}: {rule.summary}")
        return
    try:
        rule = get(code)
    except KeyError as error:
        raise typer.BadParameter(str(error.args[0])) from None
    typer.echo(json.dumps(_whole(rule), indent=2, ensure_ascii=False) if format_ is Format.JSON else explain(rule))


def _is_family(code: str) -> bool:
    """Whether several rules begin so, and none is called so."""
    from waterspace.checks import codes_matching

    found = codes_matching(code)
    return bool(found) and code.upper() not in found


def _entry(rule: Rule) -> dict[str, Any]:
    from waterspace.checks import family

    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "family": family(rule.code),
        "source": rule.source,
    }


def _whole(rule: Rule) -> dict[str, Any]:
    data = {"reads": dict(rule.reads), "files": dict(rule.files)}
    said = {"summary": rule.summary, "why": rule.why, "bad": rule.bad, "good": rule.good}
    return {**_entry(rule), **said, "limits": [_limit(limit) for limit in rule.limits], **data}


def _limit(limit: Limit) -> dict[str, str]:
    default = limit.write(limit.default)
    return {"name": limit.name, "default": default, "meaning": limit.meaning, "source": limit.source}
