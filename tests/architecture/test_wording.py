"""What the repository says is neutral, finished, and bound to no one machine or package index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from source_tree import ROOT, text_files

pytestmark = pytest.mark.no_cover
"""Nothing of the package runs here that has no test of its own."""

UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
SIDES = ("ene" + "my", "ene" + "mies")
COLOURS = "re" + "d|bl" + "ue|ora" + "nge|gre" + "en|wh" + "ite"
GROUPINGS = "teams?|forces?|sides?|cells?|fleets?"
COLOURED_SIDES = (rf"(?:{COLOURS})[ _-](?:{GROUPINGS})", "op" + "for", "red" + "for", "blue" + "for")
AFFILIATION = "hos" + "tiles?"
MAY_NAME_THE_AFFILIATION = {
    Path("web/src/map/symbols.ts"): "a colour for each of milsymbol's affiliations, all of them ink",
    Path("tests/reports/test_symbols.py"): "the test that nobody is made out to be one",
    Path("tests/reports/test_page.py"): "texts that try to break the page",
    Path("tests/web/conftest.py"): "the page that holds such a text",
    Path("tests/web/test_report_in_browser.py"): "the same page in a browser",
}
HOSTS = ("py" + "pi.org", "python" + "hosted", "npm" + "js.", "registry.n" + "pm", "deb.de" + "bian")
PLACES = (r"(?<![\w.])/wo" + r"rk/", r"(?<![\w.])/tm" + r"p/", r"(?<![\w.])/ro" + r"ot/", r"(?<![\w.])/ho" + r"me/\w")

BANNED = re.compile(
    "|".join(
        [
            *(rf"\b{word}\b" for word in UNFINISHED),
            *(rf"\b(?i:{word})\b" for word in SIDES),
            *(rf"(?<![A-Za-z])(?i:{word})(?![A-Za-z])" for word in COLOURED_SIDES),
            *(re.escape(host) for host in HOSTS),
            *PLACES,
        ]
    )
)


def test_no_file_has_a_banned_word() -> None:
    offenders = []
    for path in text_files():
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines() if BANNED.search(text) else (), start=1):
            offenders += [f"{path.relative_to(ROOT)}:{number}: {word}" for word in BANNED.findall(line)]
    assert not offenders


def test_nobody_is_called_by_the_affiliation_that_makes_a_side_but_where_the_symbols_or_a_bad_text_need_it() -> None:
    pattern = re.compile(rf"(?<![a-z])(?:{AFFILIATION})(?![a-z])", re.IGNORECASE)
    named = {path.relative_to(ROOT) for path in text_files() if pattern.search(path.read_text(encoding="utf-8"))}
    assert named == set(MAY_NAME_THE_AFFILIATION)


@pytest.mark.parametrize("colour", COLOURS.split("|"))
def test_a_side_with_a_colour_is_seen_and_a_colour_without_a_side_is_not(colour: str) -> None:
    for words in (f"the {colour} force", f"{colour.title()} team", f"{colour}_side", f"{colour.upper()} FORCES"):
        assert BANNED.search(words), words
    for words in (f"a {colour} flag", f"{colour} sidelight", f"enforced {colour}", f"{colour}: side"):
        assert not BANNED.search(words), words


def test_the_scan_sees_the_whole_repository() -> None:
    seen = {path.relative_to(ROOT).parts[0] for path in text_files()}
    assert {"src", "tests", "docs", "examples", "pyproject.toml", "README.md", ".ci"} <= seen


def test_the_locks_pin_every_package_with_hashes_and_name_no_source() -> None:
    for name in ("run.txt", "dev.txt"):
        lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
        packages = [line for line in lines if line and not line.startswith(("#", " "))]
        assert packages
        for package in packages:
            assert re.fullmatch(r"[a-z0-9.-]+==\S+( ; .+)? \\", package), package
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in lines if line[:1] == " ")
