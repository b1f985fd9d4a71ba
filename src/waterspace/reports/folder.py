"""The folder of a run: written whole or not at all, and read back."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from waterspace import planfile
from waterspace.checks import check
from waterspace.domain import Event, Leg, Position, Run, SerialRecord, SerialStatus, Track, Window
from waterspace.engine import read_checkpoint, resume, take_checkpoint, write_checkpoint
from waterspace.errors import RunFolderError
from waterspace.programme import build
from waterspace.reports.findings import as_json
from waterspace.reports.page import write_report
from waterspace.review.approaches import closest_approaches
from waterspace.review.assess import measures
from waterspace.review.units import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from waterspace.domain import Exercise
    from waterspace.engine import Instrument, Rehearsal

__all__ = [
    "REPORT",
    "read_run",
    "refuse_to_overwrite",
    "resume_stopped",
    "run_record",
    "write_run",
    "write_stopped",
]

_EXERCISE, _FINDINGS, _RECORD = "exercise.yaml", "findings.json", "run.json"
_CHECKPOINT = "checkpoint.jsonl"
_OTHERS = "context."
"""How ids of those begin that are no units: no id of the file has a full stop."""

_EVENTS, _TRACKS, REPORT = "events.parquet", "tracks.parquet", "report.html"

_EVENT_COLUMNS = {
    "sequence": "BIGINT",
    "time_ms": "BIGINT",
    "kind": "VARCHAR",
    "text": "VARCHAR",
    "serial": "VARCHAR",
    "unit": "VARCHAR",
    "lat_deg": "DOUBLE",
    "lon_deg": "DOUBLE",
    "data": "VARCHAR",
}
_LEG_COLUMNS = {
    "unit": "VARCHAR",
    "leg": "BIGINT",
    "start_ms": "BIGINT",
    "end_ms": "BIGINT",
    "start_lat_deg": "DOUBLE",
    "start_lon_deg": "DOUBLE",
    "end_lat_deg": "DOUBLE",
    "end_lon_deg": "DOUBLE",
    "height_m": "DOUBLE",
    "serial": "VARCHAR",
}


_NAMES = frozenset({_EXERCISE, _FINDINGS, _RECORD, _EVENTS, _TRACKS, REPORT, _CHECKPOINT})
"""All that a run's folder holds, a stopped run's included; a folder that holds anything else is never replaced."""


def write_run(run: Run, folder: Path) -> Path:
    """Write a run's folder, replacing the folder of an earlier run.

    Everything is first written beside the folder under another name, so that a reader never sees half of it and an
    interrupted run leaves nothing behind.

    Returns:
        The path of the report.

    Raises:
        RunFolderError: something other than a run's folder is in the way, or it cannot be written.
    """
    folder = Path(folder)
    refuse_to_overwrite(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _Patience() as patience, _beside(folder) as fresh:
            for write in _parts(run, fresh):
                write()
                patience.look()
    except OSError as error:
        message = f"cannot write {folder}: {error.strerror or error}"
        raise RunFolderError(message) from error
    return folder / REPORT


def write_stopped(run: Rehearsal, folder: Path) -> Path:
    """Write the folder of a run that was stopped: the exercise and the checkpoint; an earlier run in it is replaced.

    Returns:
        The path of the checkpoint.

    Raises:
        CheckpointError: the run is over.
        RunFolderError: something other than a run's folder is in the way, or it cannot be written.
    """
    folder = Path(folder)
    refuse_to_overwrite(folder)
    kept = take_checkpoint(run)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _beside(folder) as fresh:
            (fresh / _EXERCISE).write_bytes(run.exercise.source.content)
            write_checkpoint(kept, fresh / _CHECKPOINT)
    except OSError as error:
        message = f"cannot write {folder}: {error.strerror or error}"
        raise RunFolderError(message) from error
    return folder / _CHECKPOINT


def resume_stopped(
    folder: Path, instruments: Sequence[Instrument] = (), prepare: Callable[[Exercise], object] | None = None
) -> Rehearsal:
    """Go on with a run that was stopped: replay it up to where it stopped, and prove that it is the same.

    Args:
        folder: that `write_stopped` wrote.
        instruments: who watches, the replay included.
        prepare: given the exercise before it is replayed, to get ready what takes time and to say so.

    Raises:
        RunFolderError: there is no stopped run in it.
        CheckpointError: the checkpoint is cut, damaged, or of another exercise or version.
        PlanFileError: the exercise file in it cannot be understood.
    """
    folder = Path(folder)
    for name in (_CHECKPOINT, _EXERCISE):
        if not (folder / name).is_file():
            message = (
                f"{folder} holds no run that was stopped: {name} is missing; "
                f"`waterspace run FILE --until TIME --out {folder}` makes one"
            )
            raise RunFolderError(message)
    kept = read_checkpoint(folder / _CHECKPOINT)
    exercise = planfile.load(folder / _EXERCISE)
    if kept.folder:
        exercise = replace(exercise, data=replace(exercise.data, folder=kept.folder))
    if prepare is not None:
        prepare(exercise)
    return resume(kept, exercise, instruments)


def _parts(run: Run, fresh: Path) -> tuple[Callable[[], object], ...]:
    """What is to be written, each part a call."""
    record = json.dumps(run_record(run), indent=2, ensure_ascii=False) + "\n"
    events = [_event_row(event) for event in run.events]
    legs = [row for track in (*run.tracks.values(), *run.others.values()) for row in _leg_rows(track)]
    return (
        lambda: (fresh / _EXERCISE).write_bytes(run.exercise.source.content),
        lambda: (fresh / _FINDINGS).write_text(as_json(run.check), encoding="utf-8"),
        lambda: (fresh / _RECORD).write_text(record, encoding="utf-8"),
        lambda: _write_table(fresh / _EVENTS, _EVENT_COLUMNS, events),
        lambda: _write_table(fresh / _TRACKS, _LEG_COLUMNS, legs),
        lambda: write_report(run, fresh / REPORT),
    )


class _Patience:
    """Holds Ctrl-C back while a part is written, for libraries that break when it strikes them; `look` lets it through.

    Outside the main thread no signal arrives, and there is nothing to hold back.
    """

    def __init__(self) -> None:
        self._struck = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._strike)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _strike(self, *_: object) -> None:
        self._struck = True

    def look(self) -> None:
        """Be interrupted now, if somebody asked for it."""
        if self._struck:
            raise KeyboardInterrupt


def refuse_to_overwrite(folder: Path) -> None:
    """Make sure that a run's folder may be written.

    Raises:
        RunFolderError: a file, or a folder that holds something else, is in the way.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        message = f"{folder} is a file; choose another folder with --out"
        raise RunFolderError(message)
    here, wanted = Path.cwd().resolve(), folder.resolve()
    if wanted == here or wanted in here.parents:
        message = f"{folder} is the folder you are in, or one around it; choose another folder with --out"
        raise RunFolderError(message)
    others = sorted(path.name for path in folder.iterdir() if path.name not in _NAMES)
    if others:
        message = f"{folder} holds something other than a run ({others[0]}); choose another folder with --out"
        raise RunFolderError(message)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A new folder next to the one wanted; it takes its place on success and vanishes on any failure."""
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield fresh
        fresh.chmod(0o755)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
            folder.replace(old / folder.name)
            try:
                fresh.replace(folder)
            except BaseException:
                (old / folder.name).replace(folder)
                raise
            finally:
                shutil.rmtree(old)
        else:
            fresh.replace(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def run_record(run: Run) -> dict[str, Any]:
    """What identifies a run and what it counted, for `run.json`."""
    return {
        "digest": run.digest,
        "seed": run.seed,
        "version": run.version,
        "input_sha256": run.input_sha256,
        "engine_seconds": round(run.engine_seconds, 6),
        "exercise": run.exercise.name,
        "units": len(run.tracks),
        "events": len(run.events),
        "broken": run.broken,
        "serials": [asdict(record) for record in run.records],
        "measures": [asdict(measure) for measure in run.measures],
        "summaries": [asdict(summary) for summary in run.summaries],
        "closest_approaches": [asdict(approach) for approach in run.closest_approaches],
    }


def read_run(folder: Path) -> Run:
    """Read a run back. Findings, measures and summaries are worked out anew from the file, the events and the tracks.

    Raises:
        RunFolderError: it is not a run's folder, or a file of it is missing or damaged.
        PlanFileError: the exercise file in it cannot be understood by this version.
    """
    folder = Path(folder)
    if not folder.is_dir():
        message = f"{folder} is not a run's folder: there is no such folder"
        raise RunFolderError(message)
    if (folder / _CHECKPOINT).is_file():
        message = f"{folder} holds a run that was stopped; `waterspace run --resume {folder}` goes on with it"
        raise RunFolderError(message)
    for name in (_EXERCISE, _RECORD, _EVENTS, _TRACKS):
        if not (folder / name).is_file():
            message = (
                f"{folder} is not a run's folder: {name} is missing; `waterspace run FILE --out {folder}` makes one"
            )
            raise RunFolderError(message)
    exercise = planfile.load(folder / _EXERCISE)
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        events = tuple(_event(row) for row in _read_table(folder / _EVENTS, _EVENT_COLUMNS))
        everybody = _tracks(_read_table(folder / _TRACKS, _LEG_COLUMNS))
        tracks = {id_: track for id_, track in everybody.items() if not id_.startswith(_OTHERS)}
        records = tuple(_serial_record(entry) for entry in record["serials"])
        identity, broken = _identity(record), str(record.get("broken", ""))
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{folder} is damaged: {error}; run the exercise again"
        raise RunFolderError(message) from error
    if hashlib.sha256(exercise.source.content).hexdigest() != identity["input_sha256"]:
        message = f"{folder / _EXERCISE} has been changed since the run; run the exercise again"
        raise RunFolderError(message)
    return Run(
        exercise=exercise,
        events=events,
        tracks=tracks,
        others={id_: track for id_, track in everybody.items() if id_.startswith(_OTHERS)},
        planned_tracks=build(exercise).tracks,
        records=records,
        check=check(exercise),
        measures=() if broken else measures(exercise, records, events, tracks),
        broken=broken,
        summaries=summarise(exercise, tracks, records, events),
        closest_approaches=closest_approaches(exercise, tracks),
        **identity,
    )


def _identity(record: dict[str, Any]) -> dict[str, Any]:
    kinds = {"seed": int, "version": str, "input_sha256": str, "digest": str, "engine_seconds": float}
    for key, kind in kinds.items():
        if type(record[key]) is not kind:
            message = f"{key} in {_RECORD} is {record[key]!r}, which is no {kind.__name__}"
            raise ValueError(message)
    return {key: record[key] for key in kinds}


def _serial_record(entry: dict[str, Any]) -> SerialRecord:
    return SerialRecord(
        serial=entry["serial"],
        planned=None if entry["planned"] is None else Window(**entry["planned"]),
        actual=None if entry["actual"] is None else Window(**entry["actual"]),
        status=SerialStatus(entry["status"]),
        reason=entry["reason"],
        units=tuple(entry["units"]),
        area=entry.get("area", ""),
    )


def _event_row(event: Event) -> list[Any]:
    place = event.position
    where = (None, None) if place is None else (place.lat_deg, place.lon_deg)
    data = json.dumps(dict(event.data), sort_keys=True, ensure_ascii=False)
    return [event.sequence, event.time_ms, event.kind, event.text, event.serial, event.unit, *where, data]


def _event(row: Sequence[Any]) -> Event:
    sequence, time_ms, kind, text, serial, unit, lat_deg, lon_deg, data = row
    return Event(
        sequence=sequence,
        time_ms=time_ms,
        kind=kind,
        text=text,
        serial=serial,
        unit=unit,
        position=None if lat_deg is None else Position(lat_deg=lat_deg, lon_deg=lon_deg),
        data=json.loads(data),
    )


def _leg_rows(track: Track) -> list[list[Any]]:
    return [
        [
            track.unit,
            index,
            leg.start_ms,
            leg.end_ms,
            leg.start.lat_deg,
            leg.start.lon_deg,
            leg.end.lat_deg,
            leg.end.lon_deg,
            leg.height_m,
            leg.serial,
        ]
        for index, leg in enumerate(track.legs)
    ]


def _tracks(rows: list[tuple[Any, ...]]) -> dict[str, Track]:
    legs: dict[str, list[Leg]] = {}
    for unit, _, start_ms, end_ms, lat1_deg, lon1_deg, lat2_deg, lon2_deg, height_m, serial in rows:
        leg = Leg(
            start_ms=start_ms,
            end_ms=end_ms,
            start=Position(lat_deg=lat1_deg, lon_deg=lon1_deg),
            end=Position(lat_deg=lat2_deg, lon_deg=lon2_deg),
            height_m=height_m,
            serial=serial,
        )
        legs.setdefault(unit, []).append(leg)
    return {unit: Track(unit=unit, legs=tuple(own)) for unit, own in legs.items()}


def _write_table(path: Path, columns: dict[str, str], rows: list[list[Any]]) -> None:
    """Write rows as Parquet, through lines of JSON, which DuckDB reads a hundred times faster than inserted rows."""
    import duckdb  # heavy, and only a run needs it

    lines = path.with_suffix(".ndjson")
    names = list(columns)
    text = "\n".join(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in rows)
    lines.write_text(text, encoding="utf-8")
    kinds = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    source = f"read_json({_quoted(lines)}, format='newline_delimited', columns={{{kinds}}})"
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute("SET threads = 1")
            copy = f"COPY (SELECT * FROM {source}) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608
            connection.execute(copy)
    finally:
        lines.unlink()


def _read_table(path: Path, columns: dict[str, str]) -> list[tuple[Any, ...]]:
    import duckdb  # heavy, and only a run's folder needs it

    try:
        with duckdb.connect(":memory:") as connection:
            names = ", ".join(columns)
            query = f"SELECT {names} FROM read_parquet({_quoted(path)})"  # noqa: S608  # our own names, a quoted path
            return connection.execute(query).fetchall()
    except duckdb.Error as error:
        raise ValueError(f"{path.name} is not readable: {error}") from error


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
