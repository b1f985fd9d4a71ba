"""Puts the commands together and turns errors into sentences and exit statuses.

Exit statuses: 0 no finding of severity error, 1 some, 2 unusable input or usage, 3 a fault of Waterspace itself,
130 interrupted. With `--format json` standard output holds one JSON document whatever happens: the answer, or an object
`error`; the sentences for a person go to standard error. Command modules import what they need inside the command, so
that `--help` stays quick.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import warnings
from typing import Annotated

import typer

from waterspace.cli import (
    campaign,
    cards,
    check,
    classes,
    coast,
    complaint,
    diff,
    lsp,
    new,
    notices,
    ports,
    report,
    route,
    rule,
    run,
    schema,
    serials,
    where,
)
from waterspace.cli import warnings as warnings_
from waterspace.errors import PlanFileError, WaterspaceError
from waterspace.version import __version__

__all__ = ["app", "main", "perform"]

_USAGE, _INTERNAL, _INTERRUPTED = 2, 3, 130

app = typer.Typer(
    name="waterspace",
    help="The exercise compiler: checks, rehearses and reports a joint exercise at sea from one file.",
    epilog="Start with `waterspace new` or a copy of examples/passex.exercise.yaml.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:  # the callback of an option
    if wanted:
        typer.echo(f"waterspace {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[  # handled by its callback
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


for _module in (
    check,
    rule,
    diff,
    cards,
    run,
    campaign,
    report,
    notices,
    warnings_,
    where,
    route,
    ports,
    classes,
    coast,
    new,
    schema,
    serials,
    lsp,
):
    app.command(_module.__name__.rpartition(".")[2])(_module.command)


_RARELY = (200_000, 20, 20)
"""Thresholds of the garbage collector: a command makes many objects that all live to its end (a tenth of a `check`)."""


def main() -> None:
    """Run the command line and exit."""
    gc.set_threshold(*_RARELY)
    atexit.register(_leave_garbage)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is ours, and looking for them takes time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy starts idle threads otherwise, a tenth of a `check`
    sys.exit(perform())


def _leave_garbage() -> None:
    """Spare Python's last look for garbage, a sixth of a `check`; DuckDB, where it was used, complains without it."""
    if "duckdb" not in sys.modules:
        gc.freeze()


def perform() -> int:
    """Do what the command line asks, say what went wrong, and return the exit status."""
    try:
        with warnings.catch_warnings():
            warnings.showwarning = complaint.warned
            app()
    except SystemExit as stop:
        return _stopped(stop)
    except PlanFileError as error:
        for fault in error.faults:
            typer.echo(str(fault), err=True)
        count = len(error.faults)
        text = f"{count} {'fault' if count == 1 else 'faults'}; the file cannot be understood"
        return _ended(complaint.kind_of(error), text, _USAGE, error)
    except WaterspaceError as error:
        return _ended(complaint.kind_of(error), str(error), _USAGE, error)
    except Exception as error:  # noqa: BLE001  # whatever is left is our own fault, and we say so
        import traceback  # only a fault needs it

        traceback.print_exc()
        text = f"this is a fault of waterspace {__version__}, not of your file; please report the lines above"
        return _ended("internal", text, _INTERNAL, error)
    return 0


def _stopped(stop: SystemExit) -> int:
    """The exit status of a command that has ended by itself, which has said why in words."""
    status = stop.code if isinstance(stop.code, int) else 0
    usage = complaint.usage_of(stop)
    if status == _INTERRUPTED:
        return _ended("interrupted", "interrupted; nothing was left half-written", status)
    if usage:
        hint = complaint.hint_of(usage, sys.argv[1:])
        if hint:
            typer.echo(hint, err=True)
        _tell("usage", f"{usage}. {hint}" if hint else usage, status)
    return status


def _ended(kind: str, text: str, status: int, cause: Exception | None = None) -> int:
    """Say why a command ends, and with which status: to a person always, to a program where JSON was asked for."""
    typer.echo(f"waterspace: {text}", err=True)
    _tell(kind, text, status, cause)
    return status


def _tell(kind: str, text: str, status: int, cause: Exception | None = None) -> None:
    if complaint.asked_for_json(sys.argv[1:]):
        typer.echo(complaint.as_json(kind, text, status, cause))
