"""Read the data files that are shipped inside the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Confidence, Provenance

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["provenance", "read_bytes", "rows"]


def read_bytes(name: str) -> bytes:
    """The content of a packaged file."""
    from importlib import resources

    return resources.files("waterspace.environment").joinpath("data", name).read_bytes()


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a packaged table, every cell as text, in the order of the file."""
    import csv

    return list(csv.DictReader(read_bytes(name).decode("utf-8").splitlines()))


def provenance(row: Mapping[str, str], *remarks: str) -> Provenance:
    """On whose word a row of a packaged table stands; `remarks` are added to its own note."""
    return Provenance(
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        note="; ".join(text for text in (row["note"], *remarks) if text),
    )
