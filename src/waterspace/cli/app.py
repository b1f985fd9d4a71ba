"""Puts the commands together and turns errors into sentences and exit statuses.

Exit statuses: 0 no finding of severity error, 1 some, 2 unusable input or usage, 3 a fault of Waterspace itself,
130 interrupted. Command modules import what they need inside the command, so that `--help` stays quick.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import Annotated

import typer

from waterspace.cli import check, coast, new, report, route, rule, run, schema, serials, where
from waterspace.errors import PlanFileError, WaterspaceError
from waterspace.version import __version__

__all__ = ["app", "main"]

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


for _module in (check, rule, run, report, where, route, coast, new, schema, serials):
    app.command(_module.__name__.rpartition(".")[2])(_module.command)


_RARELY = (200_000, 20, 20)
"""Thresholds of the garbage collector: a command makes many objects that all live to its end (a tenth of a `check`)."""


def main() -> None:
    """Run the command line and exit."""
    gc.set_threshold(*_RARELY)
    atexit.register(_leave_garbage)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is ours, and looking for them takes time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy starts idle threads otherwise, a tenth of a `check`
    sys.exit(_run())


def _leave_garbage() -> None:
    """Spare Python's last look for garbage, a sixth of a `check`; DuckDB, where it was used, complains without it."""
    if "duckdb" not in sys.modules:
        gc.freeze()


def _run() -> int:
    try:
        app()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 0
        if status == _INTERRUPTED:
            _say("interrupted; nothing was left half-written")
        return status
    except PlanFileError as error:
        for fault in error.faults:
            typer.echo(str(fault), err=True)
        count = len(error.faults)
        _say(f"{count} {'fault' if count == 1 else 'faults'}; the file cannot be understood")
        return _USAGE
    except WaterspaceError as error:
        _say(str(error))
        return _USAGE
    except Exception:  # noqa: BLE001  # whatever is left is our own fault, and we say so
        import traceback  # only a fault needs it

        traceback.print_exc()
        _say(f"this is a fault of waterspace {__version__}, not of your file; please report the lines above")
        return _INTERNAL
    return 0


def _say(text: str) -> None:
    typer.echo(f"waterspace: {text}", err=True)
