"""Whether a file of fields is whole: the libraries read the lost end of some formats as zeros, or pass over it.

A classic NetCDF file that was cut short opens without complaint and yields 0 for what is missing; of a GRIB file that
was cut short the last message is left out in silence. Both would be wrong numbers, so the lengths that the files
themselves declare are compared with what is there. NetCDF-4 (HDF5) needs no help: its library refuses.

Source: NetCDF Classic Format Specification, Unidata; FM 92 GRIB, WMO Manual on Codes (WMO-No. 306), volume I.2.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

from waterspace.environment.files.opening import unopened
from waterspace.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["require_whole"]

_DIMENSIONS, _VARIABLES, _ATTRIBUTES = 10, 11, 12
_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8, 7: 1, 8: 2, 9: 4, 10: 8, 11: 8}
_ADVICE = "Fetch or copy it again."


def require_whole(path: Path) -> None:
    """Pass where a file has all the bytes that it declares, or is of a format that declares none.

    Raises:
        DataFileError: there is no such file, it is empty, or it is cut short.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            if start[:3] == b"CDF" and start[3:] in (b"\x01", b"\x02", b"\x05"):
                _require_classic(path, _Header(file), size)
            elif start == b"GRIB":
                _require_grib(path, file, size)
    except OSError as error:
        raise unopened(path, error) from error
    if size == 0:
        raise DataFileError(str(path), "the file is empty.", advice=_ADVICE)


def _require_grib(path: Path, file: BinaryIO, size: int) -> None:
    """Walk from message to message, each as long as it says and with its end mark."""
    place, number = 0, 0
    while place < size:
        number += 1
        file.seek(place)
        head = file.read(16)
        if head[:4] != b"GRIB":
            place = _next_grib(file, place, size)
            continue
        edition = head[7] if len(head) > 7 else 0
        length = int.from_bytes(head[8:16] if edition == 2 else head[4:7], "big")
        file.seek(max(place + length - 4, 0))
        if length < 16 or place + length > size or file.read(4) != b"7777":
            raise DataFileError(
                str(path),
                f"the message that begins at byte {place} declares {length} bytes, and the file ends at byte {size} or "
                "has no end mark there: it is cut short or damaged.",
                where=f"GRIB message {number}",
                advice=_ADVICE,
            )
        place += length


def _next_grib(file: BinaryIO, place: int, size: int) -> int:
    """Where the next message begins after filling bytes; the end of the file where none does."""
    file.seek(place)
    found = file.read().find(b"GRIB")
    return size if found < 0 else place + found


def _require_classic(path: Path, header: _Header, size: int) -> None:
    """Compare the end of the last variable with the end of the file."""
    try:
        needed = header.end()
    except (struct.error, KeyError, IndexError) as error:
        raise DataFileError(str(path), "the NetCDF header is cut short or damaged.", advice=_ADVICE) from error
    if needed > size:
        reason = f"its header declares {needed} bytes and the file has {size}: it is cut short."
        raise DataFileError(str(path), reason, advice=_ADVICE)


class _Header:
    """The header of a classic NetCDF file, as far as lengths are concerned."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        version = file.read(4)[3]
        self._count = ">q" if version == 5 else ">i"
        self._offset = ">i" if version == 1 else ">q"

    def end(self) -> int:
        """The first byte behind the data of all variables."""
        records = self._number(self._count)
        sizes = [self._dimension() for _ in self._list(_DIMENSIONS)]
        self._attributes()
        variables = [self._variable(sizes) for _ in self._list(_VARIABLES)]
        ends = [begin + length for begin, length, is_record in variables if not is_record]
        in_record = [length for _, length, is_record in variables if is_record]
        if in_record and records > 0:
            one = in_record[0] if len(in_record) == 1 else sum(_padded(length) for length in in_record)
            ends += [begin + (records - 1) * one + length for begin, length, is_record in variables if is_record]
        return max(ends, default=0)

    def _number(self, form: str) -> int:
        (value,) = struct.unpack(form, self._file.read(struct.calcsize(form)))
        return int(value)

    def _list(self, tag: int) -> Iterator[int]:
        """As many turns as a list has items; each turn must read its item."""
        found, count = self._number(">i"), self._number(self._count)
        if found not in {0, tag} or count < 0:
            raise KeyError(found)
        return iter(range(count))

    def _name(self) -> None:
        self._skip(self._number(self._count))

    def _skip(self, length: int) -> None:
        if len(self._file.read(_padded(length))) < _padded(length):
            raise IndexError(length)

    def _dimension(self) -> int:
        self._name()
        return self._number(self._count)

    def _attributes(self) -> None:
        for _ in self._list(_ATTRIBUTES):
            self._name()
            size = _TYPE_BYTES[self._number(">i")]
            self._skip(size * self._number(self._count))

    def _variable(self, sizes: list[int]) -> tuple[int, int, bool]:
        """Where the data of a variable begin, how many bytes they have (in a record), and are they in records."""
        self._name()
        shape = [sizes[self._number(self._count)] for _ in range(self._number(self._count))]
        self._attributes()
        length = _TYPE_BYTES[self._number(">i")]
        self._number(self._count)
        begin = self._number(self._offset)
        is_record = bool(shape) and shape[0] == 0
        for extent in shape[1:] if is_record else shape:
            length *= extent
        return begin, length, is_record


def _padded(length: int) -> int:
    """Rounded up to four bytes."""
    return -(-length // 4) * 4
