"""What `waterspace check` does: reads, checks, mends, compares with what is known, writes; once or at every change."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from waterspace import planfile
from waterspace.checks import baseline, catalogue, check, mending, settings
from waterspace.errors import PlanFileError, WaterspaceError
from waterspace.reports import findings as formats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from waterspace.domain import CheckResult, Exercise
    from waterspace.planfile import Document

__all__ = ["Checking", "Wish"]

_Stamp = tuple[int, int]

_HAS_ERRORS, _UNUSABLE, _FAILED = 1, 2, 3
_DATA: Final = ("firs", "lanes", "areas", "air_routes", "traffic_density", "hospitals", "depths", "weather")
"""The files of data that a plan may name."""

_LOOK_S: Final = 0.2
"""How often `--watch` looks at the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command line asks for; see the options of `waterspace check`."""

    format: str = "text"
    sort: str = "place"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    is_explained: bool = False
    mends: bool = False
    shows_diff: bool = False
    suggests: bool = False
    baseline: Path | None = None
    new_baseline: Path | None = None
    settings: Path | None = None


class Checking:
    """The check of some files, as it was wished for."""

    def __init__(self, files: tuple[str, ...], wish: Wish) -> None:
        self._files = files
        self._wish = wish
        self._is_unusable = False
        self._codes: set[str] = set()
        self._beside: dict[str, _Stamp | None] = {}
        self._written: dict[str, _Stamp | None] = {}

    def once(self) -> int:
        """Check all files, write what is to be said, and give the exit status."""
        self._is_unusable = False
        results = [self._one(file) for file in self._files]
        wish, found = self._wish, formats.together(results)
        if wish.new_baseline is not None and self._is_unusable:
            said = "was not written: not every file could be read; what it knows of that file would be lost"
            typer.echo(f"waterspace: {wish.new_baseline} {said}", err=True)
        elif wish.new_baseline is not None:
            self._write_baseline(found)
        if not wish.shows_diff:
            self._say(formats.by_severity(found) if wish.sort == "severity" else found)
        if found.has_failed:
            return _FAILED
        if self._is_unusable:
            return _UNUSABLE
        return _HAS_ERRORS if found.has_errors else 0

    def watch(self) -> int:
        """Check now and at every change of a file, of what it is checked with or of the settings.

        It ends well when the terminal interrupts.
        """
        seen: dict[str, _Stamp | None] = {}
        try:
            while True:
                now = self._stamps()
                if now != seen:
                    typer.echo(f"-- {time.strftime('%H:%M:%S')} {'-' * 60}", err=self._wish.format != "text")
                    known = {path: stamp for path, stamp in now.items() if path not in self._beside}
                    self._beside, self._written = {}, {}
                    self._once_more()
                    seen = self._beside | known
                    seen |= {path: stamp for path, stamp in self._written.items() if path in seen}
                time.sleep(_LOOK_S)
        except KeyboardInterrupt:
            return 0

    def _once_more(self) -> None:
        """Check, and say what hinders it; a file that is mended by the next change is no reason to end."""
        try:
            self.once()
        except WaterspaceError as error:
            typer.echo(f"waterspace: {error}", err=True)

    def _stamps(self) -> dict[str, _Stamp | None]:
        """Of the files, and of what they are checked with as far as that is known: settings, baseline, data."""
        found = (self._wish.settings or settings.find(file) for file in self._files)
        paths = {*self._files, *(str(path) for path in found if path is not None), *self._beside}
        return {path: _stamp(path) for path in sorted(paths)}

    def _remember(self, paths: Iterable[Path | None]) -> None:
        """Take the stamps of files that are about to be read."""
        for path in paths:
            if path is not None:
                self._beside.setdefault(str(path), _stamp(str(path)))

    def _one(self, file: str) -> CheckResult:
        wish = self._wish
        try:
            chosen = self._settings(file)
            select, ignore = wish.select or chosen.select, (*wish.ignore, *chosen.ignore)
            self._codes |= {rule.code for rule in catalogue.chosen(select, ignore)}

            def checked(exercise: Exercise) -> CheckResult:
                self._remember(exercise.data.path(name) for name in _DATA)
                self._remember(_warnings(exercise))
                return check(exercise, select=select, ignore=ignore, limits=chosen.limits)

            if wish.mends or wish.shows_diff:
                exercise, result = self._mended(file, checked)
            else:
                exercise = planfile.load(file)
                result = checked(exercise)
            if wish.suggests and not wish.shows_diff:
                result = self._suggested(exercise, result, chosen.limits)
        except PlanFileError as error:
            self._is_unusable = True
            return formats.faults_as_result(error)
        known = wish.baseline or chosen.baseline
        if known is None or (wish.new_baseline is not None and wish.baseline is None):
            return result
        self._remember([known])
        new = baseline.new(result.findings, baseline.read(known))
        left = {id(finding) for finding in new}
        hidden = tuple(finding for finding in result.findings if id(finding) not in left)
        return replace(result, findings=new, known=hidden, baselines=(str(known),))

    def _settings(self, file: str) -> settings.Settings:
        path = self._wish.settings or settings.find(file)
        return settings.Settings() if path is None else settings.read(path)

    def _mended(self, file: str, checked: Callable[[Exercise], CheckResult]) -> tuple[Exercise, CheckResult]:
        before = planfile.Document.read(file)
        mended = mending.mend(before, checked)
        if self._wish.shows_diff:
            typer.echo(_difference(before, mended.document), nl=False)
        elif mended.document.content != before.content:
            _replace(Path(file), mended.document.content)
            self._written[file] = _stamp(file)
        if self._wish.format == "text" and not self._wish.shows_diff:
            for finding in mended.done:
                assert finding.fix is not None, "it was applied"
                typer.echo(f"{finding.place}: mended {finding.code}: {finding.fix.title}.")
        return planfile.loads(mended.document.content, file), mended.result

    def _suggested(self, exercise: Exercise, result: CheckResult, limits: Mapping[str, str]) -> CheckResult:
        from waterspace.checks import suggesting

        def say(sentence: str) -> None:
            typer.echo(f"waterspace: {sentence}", err=True)

        return suggesting.with_suggestions(exercise, result, limits, say)

    def _write_baseline(self, found: CheckResult) -> None:
        assert self._wish.new_baseline is not None, "asked for only then"
        path = self._wish.new_baseline
        written = [finding for finding in (*found.findings, *found.known) if finding.id]
        try:
            baseline.write(written, path, self._codes)
        except OSError as error:
            raise WaterspaceError(f"{path} cannot be written: {error.strerror or error}; name another file") from None
        self._written[str(path)] = _stamp(str(path))
        typer.echo(f"{len(written)} {'finding' if len(written) == 1 else 'findings'} written to {path}", err=True)

    def _say(self, found: CheckResult) -> None:
        wish = self._wish
        if wish.format == "text":
            text = formats.as_text(found, is_explained=wish.is_explained)
        else:
            text = formats.FORMATS[wish.format](found)
        typer.echo(text, nl=False)


def _stamp(file: str) -> _Stamp | None:
    """What changes when a file does; None where there is none."""
    try:
        status = Path(file).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _difference(before: Document, after: Document) -> str:
    """What was changed, as a unified difference."""
    import difflib

    old, new = (one.text.splitlines(keepends=True) for one in (before, after))
    return "".join(difflib.unified_diff(old, new, before.file, f"{before.file} (mended)"))


def _replace(path: Path, content: bytes) -> None:
    from waterspace.whole_files import write_whole

    try:
        write_whole(path, [content])
    except OSError as error:
        raise WaterspaceError(f"{path} cannot be written: {error}; nothing of it was changed") from None


def _warnings(exercise: Exercise) -> Iterator[Path]:
    """The files of warnings that a plan names, and the folders of such files."""
    if not exercise.data.warnings:
        return
    from waterspace.messages.finding import files_of

    for path in exercise.data.warning_paths():
        yield path
        yield from files_of(path)
