"""Checkpoints: a run that was stopped, kept as its inputs, its seed and the journal of what happened from outside.

The state of the run is not kept. A run depends on nothing but what is kept, so it is replayed up to where it stopped;
the digest says whether that is the same run. The file is lines of JSON: the identity, the digest after each event, one
line for each outside event, and an end. Each line carries a sum over itself and all before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waterspace.domain import OutsideEvent, OutsideKind
from waterspace.engine.log import first_difference
from waterspace.engine.rehearsal import Rehearsal
from waterspace.errors import CheckpointError
from waterspace.notation import format_time_iso
from waterspace.version import __version__
from waterspace.whole_files import write_whole

if TYPE_CHECKING:
    from waterspace.domain import Exercise
    from waterspace.engine.instruments import Instrument

__all__ = ["FORMAT_VERSION", "Checkpoint", "read_checkpoint", "resume", "take_checkpoint", "write_checkpoint"]

FORMAT_VERSION = 1
"""Of the file; another one is refused."""
_FORMAT = "waterspace-checkpoint"
_TRAIL_BYTES = 4
"""Bytes kept of the digest after each event: enough to find the first that differs, once the whole digest differs."""
_HEADER = {
    "format": str,
    "format_version": int,
    "version": str,
    "exercise": str,
    "folder": str,
    "input_sha256": str,
    "seed": int,
    "until_ms": int,
    "events": int,
    "digest": str,
    "journal": int,
}
_EVENT = {"at_ms": int, "kind": str, "to": str, "text": str, "by_ms": int, "other": str, "data": dict}
_ANEW = "make it anew with `waterspace run FILE --until TIME --out DIR`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A run that was stopped.

    Attributes:
        version: of the Waterspace that ran it.
        exercise: its name.
        folder: where the data files that it names begin, absolute; empty where it names none.
        input_sha256: of the exercise file as read.
        until_ms: up to when it was run, that instant included.
        events: how many had happened.
        digest: of them.
        trail: the first bytes of the digest after each of them.
        journal: what happened from outside, in order; part of it may lie ahead.
    """

    version: str
    exercise: str
    folder: str
    input_sha256: str
    seed: int
    until_ms: int
    events: int
    digest: str
    trail: tuple[bytes, ...]
    journal: tuple[OutsideEvent, ...]


def take_checkpoint(run: Rehearsal) -> Checkpoint:
    """What is needed to go on with a run later. The run itself can go on too.

    Raises:
        CheckpointError: the run is over.
    """
    if run.is_over:
        message = f"the run of {run.exercise.name} is over; there is nothing to go on with"
        raise CheckpointError(message)
    run.run(run.now_ms)  # what was asked for at this instant belongs to it
    return Checkpoint(
        version=__version__,
        exercise=run.exercise.name,
        folder=str(Path(run.exercise.data.folder).resolve()) if run.exercise.data.folder else "",
        input_sha256=hashlib.sha256(run.exercise.source.content).hexdigest(),
        seed=run.seed,
        until_ms=run.now_ms,
        events=len(run.events),
        digest=run.digest,
        trail=tuple(digest[:_TRAIL_BYTES] for digest in run.trail),
        journal=tuple(run.journal),
    )


def resume(checkpoint: Checkpoint, exercise: Exercise, instruments: Sequence[Instrument] = ()) -> Rehearsal:
    """A run at the instant of its checkpoint, ready to go on; it has been replayed up to there and found the same.

    Args:
        checkpoint: of the run.
        exercise: the plan that was run.
        instruments: who watches, the replay included.

    Raises:
        CheckpointError: it is of another exercise or version, or the replay differs.
    """
    if checkpoint.version != __version__:
        message = (
            f"the checkpoint is of Waterspace {checkpoint.version} and this is {__version__}; only the same version "
            f"runs the same way: install waterspace=={checkpoint.version}, or run the exercise from its beginning"
        )
        raise CheckpointError(message)
    if hashlib.sha256(exercise.source.content).hexdigest() != checkpoint.input_sha256:
        message = (
            f"the checkpoint is of {checkpoint.exercise!r} as it then was, and {exercise.source.file} is another "
            "exercise or has been changed since; give the file that was run, or run this one from its beginning"
        )
        raise CheckpointError(message)
    run = Rehearsal(exercise, checkpoint.seed, instruments=instruments)
    for event in checkpoint.journal:
        run.direct(event)
    run.run(checkpoint.until_ms)
    if run.digest != checkpoint.digest:
        raise CheckpointError(_difference(checkpoint, run))
    return run


def _difference(checkpoint: Checkpoint, run: Rehearsal) -> str:
    trail = [digest[:_TRAIL_BYTES] for digest in run.trail]
    number = first_difference(checkpoint.trail, trail)
    where = "its end"
    if number is not None and number < len(run.events):
        event = run.events[number]
        where = f"event {number} ({format_time_iso(event.time_ms)} {event.kind}: {event.text})"
    return (
        f"the replay of {checkpoint.exercise!r} is not the run that was stopped: they differ from {where} on; an "
        "installed plug-in, or the exercise in memory, must have changed since; run the exercise from its beginning"
    )


def write_checkpoint(checkpoint: Checkpoint, path: Path | str) -> None:
    """Write a checkpoint; the file is there whole or not at all.

    Raises:
        CheckpointError: it cannot be written.
    """
    path = Path(path)
    header = {
        "format": _FORMAT,
        "format_version": FORMAT_VERSION,
        "version": checkpoint.version,
        "exercise": checkpoint.exercise,
        "folder": checkpoint.folder,
        "input_sha256": checkpoint.input_sha256,
        "seed": checkpoint.seed,
        "until_ms": checkpoint.until_ms,
        "events": checkpoint.events,
        "digest": checkpoint.digest,
        "journal": len(checkpoint.journal),
    }
    records: list[dict[str, Any]] = [header, {"trail": b"".join(checkpoint.trail).hex()}]
    records.extend({**_event_record(event)} for event in checkpoint.journal)
    records.append({"end": len(records)})
    lines, total = [], ""
    for record in records:
        total = _sum(total, record)
        lines.append(json.dumps({**record, "sum": total}, ensure_ascii=False) + "\n")
    try:
        write_whole(path, (line.encode() for line in lines))
    except OSError as error:
        message = f"cannot write {path}: {error.strerror or error}"
        raise CheckpointError(message) from error


def read_checkpoint(path: Path | str) -> Checkpoint:
    """Read a checkpoint back.

    Raises:
        CheckpointError: it cannot be read, is cut or damaged, or has another format; the message names the line.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = f"there is no checkpoint {path}; {_ANEW}"
        raise CheckpointError(message) from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read the checkpoint {path}: {error}; {_ANEW}"
        raise CheckpointError(message) from error
    records = _records(path, text)
    header = records[0]
    count = header["journal"]
    trail = _fields(path, 2, records[1], {"trail": str})["trail"]
    journal = tuple(_event(path, number, record) for number, record in enumerate(records[2:-1], start=3))
    try:
        cut = bytes.fromhex(trail)
    except ValueError as error:
        raise _broken(path, 2, "the trail is not hexadecimal") from error
    if len(journal) != count or len(cut) != header["events"] * _TRAIL_BYTES:
        raise _broken(
            path, 1, f"it promises {count} outside events and {header['events']} events, and others are there"
        )
    identity = {name: header[name] for name in _HEADER if name not in {"format", "format_version", "journal"}}
    pieces = tuple(cut[at : at + _TRAIL_BYTES] for at in range(0, len(cut), _TRAIL_BYTES))
    return Checkpoint(**identity, trail=pieces, journal=journal)


def _records(path: Path, text: str) -> list[dict[str, Any]]:
    """Every line as an object, whose sum is right; the first one a header of this format, the last one the end."""
    lines = text.split("\n")
    records: list[dict[str, Any]] = []
    total = ""
    for number, line in enumerate(lines[:-1] if lines[-1] == "" else lines, start=1):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise _broken(path, number, "it is no line of JSON; the file is cut or damaged") from error
        if not isinstance(record, dict):
            raise _broken(path, number, "it is no object")
        if number == 1:
            _refuse_other_format(path, record)
        said = record.pop("sum", None)
        total = _sum(total, record)
        if said != total:
            raise _broken(path, number, "it was changed after it was written")
        if number == 1:
            _fields(path, 1, record, _HEADER)
        records.append(record)
    if not records or "end" not in records[-1]:
        raise _broken(path, len(records) + 1, "the file ends before its end; it is cut")
    if records[-1]["end"] != len(records) - 1:
        raise _broken(path, len(records), f"{records[-1]['end']} lines should stand before the end")
    return records


def _refuse_other_format(path: Path, record: Mapping[str, Any]) -> None:
    if record.get("format") != _FORMAT:
        raise _broken(path, 1, f"found format {record.get('format')!r}, expected {_FORMAT!r}; it is no checkpoint")
    if record.get("format_version") != FORMAT_VERSION:
        found = record.get("format_version")
        raise _broken(path, 1, f"found format version {found!r}; this Waterspace reads version {FORMAT_VERSION}")


def _fields(path: Path, number: int, record: Mapping[str, Any], kinds: Mapping[str, type]) -> Mapping[str, Any]:
    for name, kind in kinds.items():
        if type(record.get(name)) is not kind:
            raise _broken(path, number, f"{name} is {record.get(name)!r}, expected {kind.__name__}")
    return record


def _event_record(event: OutsideEvent) -> dict[str, Any]:
    return {
        "at_ms": event.at_ms,
        "kind": event.kind.value,
        "to": event.to,
        "text": event.text,
        "by_ms": event.by_ms,
        "other": event.other,
        "data": dict(event.data),
    }


def _event(path: Path, number: int, record: Mapping[str, Any]) -> OutsideEvent:
    found = dict(_fields(path, number, record, _EVENT))
    try:
        kind = OutsideKind(found.pop("kind"))
        return OutsideEvent(kind=kind, **found)
    except (TypeError, ValueError) as error:
        raise _broken(path, number, f"it is no outside event: {error}") from error


def _sum(before: str, record: Mapping[str, Any]) -> str:
    text = before + json.dumps(record, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _broken(path: Path, number: int, why: str) -> CheckpointError:
    return CheckpointError(f"{path}, line {number}: {why}; {_ANEW}")
