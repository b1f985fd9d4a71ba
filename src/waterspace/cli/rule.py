"""`waterspace rule`: what a rule means, why it is there and where it comes from."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["command"]


def command(
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="Such as WS201; without it, all rules.")] = None,
) -> None:
    """Explain a rule, or list them all."""
    from waterspace.checks import explain, get, rules

    if code is None:
        for rule in rules():
            typer.echo(f"{rule.code}  {rule.severity.value:<8} {rule.name}: {rule.summary}")
        return
    try:
        rule = get(code.upper())
    except KeyError as error:
        raise typer.BadParameter(str(error.args[0])) from None
    typer.echo(explain(rule))
