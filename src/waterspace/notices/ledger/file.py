"""The file of a ledger: read with every hash checked, written whole or not at all, and never with an event less."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waterspace.errors import Fault, LedgerError, NotationError
from waterspace.notation import format_time_iso, parse_time
from waterspace.notices.ledger.book import HEADER, Ledger, sum_of
from waterspace.notices.ledger.folding import Fold, sending_of
from waterspace.notices.ledger.records import digest
from waterspace.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["load", "parse", "save"]

_ABOUT = ("event", "at", "id", "channel", "number", "sum")
_SENT = ("kind", "replaces", "issuer", "series", "general_area", "originator", "until", "spans", "says", "says_sha256")
_KEYS = {
    "sent": frozenset({*_ABOUT, *_SENT, "sha256", "text"}),
    "numbered": frozenset(_ABOUT),
    "cancelled": frozenset({*_ABOUT, "cancels", "sha256", "text"}),
}
_MAY_HAVE = {"sent": frozenset({"beside"}), "numbered": frozenset({"of"}), "cancelled": frozenset[str]()}
"""Keys that stand only where a notice has more than one text in force."""
_NO_WORDS = frozenset({"says", "until", "spans", "beside"})
"""Keys whose value may be something else than a text."""


def load(path: str | Path) -> Ledger:
    """The ledger in a file; an empty one where there is no file yet.

    Raises:
        LedgerError: it cannot be read, a line of it cannot be understood, a text was changed after it was sent, or its
            events contradict one another.
    """
    try:
        content = Path(path).read_bytes()
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise LedgerError(f"cannot read the ledger {path}: {error.strerror or error}") from error
    try:
        return parse(content.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = _fault(str(path), line, "it is not UTF-8", "This is no ledger, or a program has written it anew.")
        raise LedgerError(faults=(fault,)) from None


def parse(text: str, file: str) -> Ledger:
    """A ledger from its text.

    Args:
        text: of the file.
        file: its name, for errors.

    Raises:
        LedgerError: as `load`.
    """
    lines = [(number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        return Ledger()
    faults: list[Fault] = []
    first, header = lines[0]
    if _parsed(header) != json.loads(HEADER):
        faults.append(_fault(file, first, "this is no ledger of notices, or of another version", f"Expected {HEADER}."))
        raise LedgerError(faults=tuple(faults))
    events: list[tuple[int, dict[str, Any]]] = []
    for number, line in lines[1:]:
        try:
            events.append((number, _event(line)))
        except ValueError as error:
            faults.append(_fault(file, number, str(error)))
    if faults:
        raise LedgerError(faults=tuple(faults))
    fold = Fold()
    for number, event in events:
        try:
            fold.add(event)
        except ValueError as error:
            raise LedgerError(faults=(_fault(file, number, str(error)),)) from None
    return Ledger(lines=tuple(line for _, line in lines), sendings=fold.sendings)


def _fault(file: str, line: int, message: str, advice: str = "Take the file from before it was changed.") -> Fault:
    return Fault(file=file, line=line, column=1, message=f"{message}.", advice=advice)


def _parsed(line: str) -> Any:  # noqa: ANN401  # any JSON
    """The value of a line; None where it is not JSON."""
    try:
        return json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of which no key stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _event(line: str) -> dict[str, Any]:
    """The event of a line, its hashes checked.

    Raises:
        ValueError: it is none, or was changed.
    """
    event = _parsed(line)
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        raise ValueError("the line is not one event in JSON; it was cut or changed")  # noqa: TRY004  # a bad line, no bug
    keys = _KEYS.get(event["event"])
    if keys is None:
        raise ValueError(f"there is no event {event['event']!r}; expected {', '.join(_KEYS)}")
    keys |= _MAY_HAVE[event["event"]] & event.keys()
    if event.keys() != keys:
        wrong = min(event.keys() ^ keys)
        raise ValueError(f"an event of the kind {event['event']} {'lacks' if wrong in keys else 'has no'} {wrong!r}")
    strange = next((key for key in sorted(keys - _NO_WORDS) if not isinstance(event[key], str)), "")
    if strange:
        raise ValueError(f"{strange!r} is no text but {json.dumps(event[strange])[:40]}")
    name = f"{event['id']} ({event['number']})" if event["number"] else event["id"]
    try:
        for time in (event["at"], *event.get("beside", ()), *((event["of"],) if "of" in keys else ())):
            parse_time(time)
    except (NotationError, TypeError) as error:
        raise ValueError(f"the time of {name}: {error}") from None
    if "text" in keys:
        _check_text(event, name)
    if event["event"] == "sent":
        _check_content(event, name)
    if event["sum"] != sum_of(event):
        raise ValueError(f"the line of {name} was changed: its sum is {sum_of(event)}, not the one kept")
    return event


def _check_text(event: dict[str, Any], name: str) -> None:
    actual = hashlib.sha256(event["text"].encode(errors="surrogatepass")).hexdigest()
    if actual != event["sha256"]:
        raise ValueError(
            f"the text of {name} is not the one that was sent: its hash is {actual[:12]}, not the one kept"
        )


def _check_content(event: dict[str, Any], name: str) -> None:
    """Refuse what is said where it was changed, or is not understood."""
    try:
        actual = digest(event["says"])
        sending = sending_of(event, 0)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ValueError(f"what {name} says is not understood: {error}") from None
    if actual != event["says_sha256"]:
        raise ValueError(f"what {name} says was changed: its hash is {actual[:12]}, not the one kept")
    if event["until"] != (None if sending.until_ms is None else format_time_iso(sending.until_ms)):
        raise ValueError(f"the end of {name} is not that of what it says")


def save(ledger: Ledger, path: str | Path) -> None:
    """Write a ledger; the file is there whole or not at all.

    A file that is there already must be this ledger with fewer events, so that nothing is lost that others recorded:
    whoever saves at the same instant waits, where the system and the file system have locks.

    Raises:
        LedgerError: it cannot be written, or the file holds something else.
    """
    try:
        with _alone(Path(path)):
            before = load(path)
            if before.lines != ledger.lines[: len(before.lines)]:
                raise LedgerError(f"the ledger {path} has other events by now; read it again, and record once more")
            write_whole(path, (f"{line}\n".encode() for line in ledger.lines))
    except OSError as error:
        raise LedgerError(f"cannot write the ledger {path}: {error.strerror or error}") from error


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep others who save to the folder of a file waiting; Windows, and some network folders, have no such lock."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    folder = os.open(path.resolve().parent, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
