"""How often the general area that we give a notice is the one that its issuer gave it.

Usage: WATERSPACE_CORPORA=folder python benchmarks/general_areas.py [--others]

Of all warnings of the corpora those count whose heading, the lines before the chart or the text itself, names water,
and whose text has a position; some stand in two files. `same`: the heading begins with our first name. `among`: one of
our names stands in it, as where the issuer goes on to a smaller sea. `ocean`: the same ocean, in another part of it
(WESTERN, EASTERN) or in none. `other`: none of our names. `blank`: we gave none. `unsound`: the outline in the text
crosses itself, and has no area.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waterspace.domain import Circle, Position
from waterspace.errors import GeometryError
from waterspace.messages.draft import Issuer
from waterspace.messages.reader import read
from waterspace.messages.reading import Message
from waterspace.notices.waters import general_area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Footprint

__all__ = ["AGREE", "compared", "main"]

AGREE = ("same", "among", "ocean")
FILES = (
    "nga_inforce_world_2018.dev.jsonl",
    "nw_pacific.dev.jsonl",
    "russia_navarea13_20.dev.jsonl",
    "navarea11_china_misc.jsonl",
)
WATER = re.compile(
    r"\b(SEAS?|OCEAN|PACIFIC|ATLANTIC|ARCTIC|GULF|GOLFO|BAY|STRAITS?|CHANNEL|SOUND|BIGHT|MINCH|PROLIV|ZALIV|GUBA|"
    r"KAIKYO|OSTROVA|MEDITERRANEAN|KAMCHATKA)\b"
)
HEADING = re.compile(
    r"^(NAVAREA\b.*|HYDRO(PAC|LANT|ARC)\b.*|COASTAL WARNING.*|NAVTEX.*|\d+/\d\d\b.*|\d{6}\s?(Z|UTC).*|[\W\d]*)$"
)
BODY = re.compile(r"^(CHARTS?|DNC|BOOK|\d+\.|A\.)\s?")
PLACE = re.compile(
    r"(\d{1,2})-(\d\d(?:\.\d+)?)(?:-(\d\d(?:\.\d+)?))?\s*([NS])[ ,/]*"
    r"(\d{1,3})-(\d\d(?:\.\d+)?)(?:-(\d\d(?:\.\d+)?))?\s*([EW])"
)
PARTS = re.compile(r"\b(NORTH|SOUTH)?(EASTERN|WESTERN) ")
POINT_M = 100.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Compare general areas with those that issuers gave.")
    parser.add_argument("--others", action="store_true", help="print the warnings that do not agree")
    options = parser.parse_args()
    kinds = (*AGREE, "other", "blank", "unsound")
    print(f"{'file':36}{'records':>8}{'agree':>8}" + "".join(f"{kind:>9}" for kind in kinds))
    found = list(compared())
    for name in (*FILES, "all"):
        results = [kind for file, kind, *_ in found if name in (file, "all")]
        counts = collections.Counter(results)
        agree = sum(counts[kind] for kind in AGREE) / len(results)
        print(f"{name:36}{len(results):>8}{agree:>8.1%}" + "".join(f"{counts[kind]:>9}" for kind in kinds))
    if options.others:
        for file, kind, number, said, ours in found:
            if kind not in AGREE:
                print(f"{kind:8}{file[:8]:10}{number:24}{said[:60]:62}{ours}")


def compared() -> Iterator[tuple[str, str, str, str, str]]:
    """Of each warning that counts its file, how the names compare, its number, its heading and our names."""
    for name in FILES:
        path = Path(os.environ["WATERSPACE_CORPORA"], "navwarn", name)
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            said = _heading(row["text"])
            if not WATER.search(said) or not PLACE.search(row["text"]):
                continue
            try:
                ours = general_area(_places(row["text"]), _issuer(name, row))
            except GeometryError as error:
                yield name, "unsound", str(row.get("id")), said, str(error)[:80]
                continue
            yield name, _kind(said, ours), str(row.get("id")), said, ours


def _kind(said: str, ours: str) -> str:
    if not ours:
        return "blank"
    names = ours.split(" AND ")
    if said.startswith(names[0]):
        return "same"
    if any(name in said for name in names):
        return "among"
    return "ocean" if any(PARTS.sub("", name) in PARTS.sub("", said) for name in names) else "other"


def _heading(text: str) -> str:
    """The lines between the number of a warning and its chart or text, as one."""
    lines: list[str] = []
    for line in text.upper().replace("`", "'").splitlines()[:8]:
        plain = line.strip().rstrip(".").strip()
        if HEADING.match(plain):
            if lines:
                break
        elif BODY.match(plain) or PLACE.search(plain):
            break
        else:
            lines.append(plain)
    return " ".join(lines[:3])


def _places(text: str) -> tuple[Footprint, ...]:
    """The areas that our reader finds; else each position, as a small circle."""
    areas = tuple(area.footprint for area in read(Message(id="", text=text)).areas)
    if areas:
        return areas
    points = [
        Position(lat_deg=_degrees(*found[:4]), lon_deg=_degrees(*found[4:]))
        for found in PLACE.findall(text)
        if abs(_degrees(*found[:4])) <= 90.0 and abs(_degrees(*found[4:])) <= 180.0
    ]
    return tuple(Circle(centre=point, radius_m=POINT_M) for point in points)


def _degrees(degrees: str, minutes: str, seconds: str, side: str) -> float:
    value = int(degrees) + float(minutes) / 60.0 + float(seconds or 0) / 3600.0
    return -value if side in "SW" else value


def _issuer(file: str, row: dict[str, Any]) -> Issuer:
    head = f"{row.get('id')} {row['text'][:40]}"
    if file.startswith("russia") or re.search(r"NAVAREA (XIII|XX|XXI)\b", head):
        return Issuer.RUSSIA
    if "MSA CHINA" in row["text"]:
        return Issuer.CHINA
    return Issuer.JAPAN if "NAVAREA XI " in head and file.startswith("navarea11") else Issuer.USA


if __name__ == "__main__":
    main()
