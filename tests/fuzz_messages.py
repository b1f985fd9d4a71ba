"""Fuzzing of the readers, led by the branches that each input takes: a script, for it ends as a process of its own.

Usage: python tests/fuzz_messages.py TARGET [--seconds N] [--runs N] [--folder FOLDER] [INPUT...]

Needs `atheris`. What is found wrong is written to the folder; such a file, named as INPUT, is run once, without it.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import random
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["TARGETS", "tried"]

TARGETS = ("file", "warning", "notam", "chinese", "japanese", "s124", "ais")
_SLOW_S = 60
"""An input that takes so long hangs, however busy the machine is: most take a few milliseconds."""
_MOST_BYTES = 12_000
_MOST_MB = 3_000
_NEAR_MS = 1_784_505_600_000
_VALUE = re.compile(rb'(?<=>)[^<>]*[^<>\s][^<>]*(?=<)|(?<=")[^"<>]*(?=")|<[^<>]{1,200}/>')
_BREAKING, _MOVING = 0.05, 0.3
"""How often any byte is changed, and how often a value is put in the place of another."""


def main() -> None:
    """Fuzz one target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("inputs", nargs="*", type=Path, help="files to run once, instead of fuzzing")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--runs", type=int, default=-1)
    parser.add_argument("--folder", type=Path, help="where inputs that matter are kept, and those that fail")
    options = parser.parse_args()
    if options.inputs:
        for path in options.inputs:
            tried(options.target)(path.read_bytes())
        return
    with tempfile.TemporaryDirectory() as scratch:
        _fuzz(options.target, options.folder or Path(scratch), options.seconds, options.runs)


def _fuzz(target: str, folder: Path, seconds: int, runs: int) -> None:
    import atheris

    with atheris.instrument_imports(
        include=["waterspace.messages", "waterspace.notation"], enable_loader_override=False
    ):
        _import_all("waterspace.messages")
    from fuzz_seeds import seeds, words

    kept = folder / target
    kept.mkdir(parents=True, exist_ok=True)
    found = seeds(target)
    for number, seed in enumerate(found):
        (kept / f"seed-{number:03}").write_bytes(seed)
    known = folder / f"{target}.words"
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words(found))
    known.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")
    bounds = (f"-max_total_time={seconds}", f"-runs={runs}", f"-timeout={_SLOW_S}", f"-rss_limit_mb={_MOST_MB}")
    given = (
        f"-max_len={_MOST_BYTES}",
        f"-dict={known}",
        f"-artifact_prefix={folder}/{target}-",
        "-print_final_stats=1",
    )
    atheris.Setup([sys.argv[0], *bounds, *given, str(kept)], tried(target))
    atheris.Fuzz()


def _edited(content: bytes, most: int, seed: int) -> bytes:
    """XML with one value changed, or one element left out or put elsewhere: a change of any byte would break most."""
    import atheris

    chance = random.Random(seed)  # noqa: S311  # no secret
    values = list(_VALUE.finditer(content))
    if not values or chance.random() < _BREAKING:
        return bytes(atheris.Mutate(content, most))
    value = chance.choice(values)
    if chance.random() < _MOVING:
        other = chance.choice(values)
        first, second = sorted((value.span(), other.span()))
        return content[: first[0]] + content[second[0] : second[1]] + content[first[1] :]
    room = max(1, min(most - len(content) + len(value[0]), 4 * len(value[0]) + 8))
    return (content[: value.start()] + bytes(atheris.Mutate(value[0], room)) + content[value.end() :])[:most]


def _import_all(name: str) -> None:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        importlib.import_module(module.name)


def tried(target: str) -> Callable[[bytes], None]:
    """What is done with the bytes of one input; it fails where a reading is not well formed."""
    from waterspace.errors import DataFileError
    from waterspace.messages import chinese, finding, japanese, reader, s124, warnings
    from waterspace.messages.ais_area import read_area_notices
    from waterspace.messages.decoding import decoded
    from waterspace.messages.notam import read_notam
    from waterspace.messages.reading import Message, Reading
    from well_formed import assert_well_formed

    def files(content: bytes) -> Sequence[Reading]:
        try:
            found = finding.messages_in(decoded(content, "fuzz.txt"), "fuzz.txt")
        except DataFileError:
            return ()
        return [reader.read(message) for message in found]

    def one(read: Callable[[Message], Reading]) -> Callable[[bytes], Sequence[Reading]]:
        return lambda content: [read(Message(id="1", text=content.decode("utf-8", "replace"), issued_ms=_NEAR_MS))]

    readers: dict[str, Callable[[bytes], Sequence[Reading]]] = {
        "file": files,
        "warning": one(warnings.read_warning),
        "notam": one(read_notam),
        "chinese": one(chinese.read_chinese),
        "japanese": one(japanese.read_japanese),
        "s124": s124.read_s124,
        "ais": lambda content: read_area_notices(content.decode("utf-8", "replace"), _NEAR_MS),
    }
    read = readers[target]

    def once(content: bytes) -> None:
        for reading in read(content):
            assert_well_formed(reading)

    return once


if __name__ == "__main__":
    main()
