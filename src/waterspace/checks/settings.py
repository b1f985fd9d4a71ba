"""Settings: what a staff wants of every check of its plans, from the nearest `waterspace.toml`.

```toml
[check]
select = ["WS2", "WS5"]       # only these rules or families
ignore = ["WS105"]            # not these
baseline = "baseline.json"    # findings that are known, beside this file

[check.limits]
notice_least_lead = "2 d"     # `waterspace rule WS502` names the limits of a rule
```

What an exercise file says goes before this, and what the command line says before both.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waterspace.errors import Fault, PlanFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FILE_NAME", "Settings", "find", "read"]

FILE_NAME = "waterspace.toml"

_KEYS = {"select": list, "ignore": list, "baseline": str, "limits": dict}
_EXPECTED = {list: 'a list of codes such as ["WS2", "WS502"]', str: "a text", dict: "a table of limits"}
_MARK = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a staff wants of every check.

    Attributes:
        select: codes or beginnings of codes; empty for all.
        ignore: codes or beginnings of codes.
        limits: name of a limit to a text such as `2 d`.
        baseline: the file of known findings; None for none.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    limits: Mapping[str, str] = field(default_factory=dict)
    baseline: Path | None = None


def find(file: str) -> Path | None:
    """The `waterspace.toml` in the folder of a file, or in the nearest folder above it; None where there is none."""
    start = Path.cwd() if file == "-" else Path(file).absolute().parent
    return next((path for folder in (start, *start.parents) if (path := folder / FILE_NAME).is_file()), None)


def read(path: Path) -> Settings:
    """The settings of a file.

    Raises:
        PlanFileError: with every fault of it.
    """
    import tomllib

    file = str(path)
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        mark = _MARK.search(str(error))
        line, column = (int(mark[1]), int(mark[2])) if mark else (0, 0)
        said = _MARK.sub("", str(error)).strip().rstrip(".")
        message = f"The settings are not TOML: {said[:1].lower()}{said[1:]}."
        raise PlanFileError((Fault(file=file, line=line, column=column, message=message),)) from None
    except (OSError, UnicodeDecodeError) as error:
        said = (getattr(error, "strerror", None) or str(error)).lower()
        raise PlanFileError((Fault(file=file, line=0, column=0, message=f"It cannot be read: {said}."),)) from None
    faults = tuple(_faults(file, text, content))
    if faults:
        raise PlanFileError(faults)
    given = content.get("check", {})
    baseline = given.get("baseline")
    return Settings(
        select=tuple(given.get("select", ())),
        ignore=tuple(given.get("ignore", ())),
        limits=_texts(given.get("limits", {})),
        baseline=None if baseline is None else path.parent / baseline,
    )


def _texts(limits: Mapping[str, Any]) -> dict[str, str]:
    """Limits as texts; TOML's bare numbers are what they would be in an exercise file."""
    return {name: value if isinstance(value, str) else str(value) for name, value in limits.items()}


def _faults(file: str, text: str, content: Mapping[str, Any]) -> Iterator[Fault]:
    from waterspace.checks import limits as limits_
    from waterspace.checks.catalogue import codes_matching, known_limits

    yield from _unknown(file, text, content, ("check",))
    given = content.get("check", {})
    if not isinstance(given, dict):
        yield _fault(file, text, "check", f"check is {given!r}, but a table [check] is expected.")
        return
    yield from _unknown(file, text, given, tuple(_KEYS))
    for key, kind in _KEYS.items():
        if key in given and not isinstance(given[key], kind):
            yield _fault(file, text, key, f"check.{key} is {given[key]!r}, but {_EXPECTED[kind]} is expected.")
    for key in ("select", "ignore"):
        for code in given[key] if isinstance(given.get(key), list) else ():
            if not isinstance(code, str) or not codes_matching(code):
                advice = "`waterspace rule` lists them all."
                yield _fault(file, text, key, f"No rule begins with {code!r}, as check.{key} has it.", advice)
    limits = given.get("limits", {})
    if isinstance(limits, dict):
        texts = _texts(limits)
        for name, sentence in limits_.read(texts, known_limits())[1].items():
            yield _fault(file, text, name, sentence)


def _unknown(file: str, text: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[Fault]:
    for key in table:
        if key not in keys:
            close = difflib.get_close_matches(key, keys, n=1, cutoff=0.6)
            advice = f"Did you mean {close[0]}?" if close else f"There are {', '.join(keys)}."
            yield _fault(file, text, key, f"There is no setting {key}.", advice)


def _fault(file: str, text: str, key: str, message: str, advice: str = "") -> Fault:
    """A fault at the first line that begins with a key, or that names it in brackets."""
    pattern = re.compile(rf"^\s*(?:\[[^\]\n]*)?[\"']?({re.escape(key)})\b", re.MULTILINE)
    mark = pattern.search(text)
    if mark is None:
        return Fault(file=file, line=0, column=0, message=message, advice=advice)
    start = mark.start(1)
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return Fault(file=file, line=line, column=column, message=message, advice=advice)
