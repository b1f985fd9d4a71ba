"""`waterspace schema`: the JSON Schema of the exercise file, with the plug-ins installed here."""

from __future__ import annotations

import json

import typer

__all__ = ["command"]


def command() -> None:
    """Print the JSON Schema of exercise files.

    Serial types of installed plug-ins are included.
    """
    from waterspace import planfile

    typer.echo(json.dumps(planfile.json_schema(), indent=2, ensure_ascii=False))
