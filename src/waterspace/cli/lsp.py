"""`waterspace lsp`: the linter inside an editor."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["command"]

_MISSING = 2


def command(
    stdio: Annotated[  # noqa: ARG001  # editors that know several ways ask for this one
        bool,
        typer.Option("--stdio", show_default=False, help="Talk over standard input and output, as it always does."),
    ] = True,
) -> None:
    """Serve an editor: findings while typing, hovers, completion, references.

    An editor starts it and talks the Language Server Protocol with it over standard input and output.
    """
    from importlib.util import find_spec

    if find_spec("pygls") is None:
        typer.echo('waterspace: the language server needs pygls: pip install "waterspace[lsp]"', err=True)
        raise typer.Exit(_MISSING)
    from waterspace.lsp.serving import serve

    raise typer.Exit(serve())
