"""The command line as a test uses it: in this process where only the answer counts, in one of its own elsewhere.

What needs a real process (its exit status, its two streams, its standard input, a terminal, an interrupt) starts one
with `process`. Everything else says the same in the process of the tests, a second sooner: `here`.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from unittest import mock

from source_tree import modules
from waterspace.cli.app import perform

__all__ = ["here", "process"]


def process(
    *arguments: object, given: str = "", folder: Path | None = None, **environment: str
) -> CompletedProcess[str]:
    """What a process of its own answers."""
    return subprocess.run(
        [sys.executable, "-m", "waterspace", *map(str, arguments)],
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )


def here(*arguments: object, given: str = "", folder: Path | None = None) -> CompletedProcess[str]:
    """What the command answers in this process, which keeps its streams, its arguments, its folder and its settings.

    Coverage does not look here, as it does not look into the processes that these calls stand for: it would take three
    times as long, and would call the parts of a command tested which no test of theirs has seen.
    """
    _read_every_module()
    words = ["waterspace", *map(str, arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    given_ = io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8")
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            mock.patch.object(sys, "stdin", given_),
            mock.patch.object(sys, "argv", words),
            mock.patch.dict(os.environ, COLUMNS="80"),
            contextlib.chdir(folder or Path.cwd()),
        ):
            status = perform()
    finally:
        sys.settrace(tracer)
    return CompletedProcess(words, status, *(_written(stream) for stream in (out, err)))


@cache
def _read_every_module() -> None:
    """Import what a command may import, where coverage still looks: a module is run through once only."""
    for module in modules():
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    content = stream.detach()
    assert isinstance(content, io.BytesIO)
    return content.getvalue().decode()
