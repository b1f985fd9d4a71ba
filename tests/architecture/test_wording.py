"""What the repository says is neutral, finished, and bound to no one machine or package index."""

from __future__ import annotations

import re

from source_tree import ROOT, text_files

UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
SIDES = ("ene" + "my", "ene" + "mies")
HOSTS = ("py" + "pi.org", "python" + "hosted", "npm" + "js.", "registry.n" + "pm", "deb.de" + "bian")
PLACES = (r"(?<![\w.])/wo" + r"rk/", r"(?<![\w.])/tm" + r"p/", r"(?<![\w.])/ro" + r"ot/", r"(?<![\w.])/ho" + r"me/\w")

BANNED = re.compile(
    "|".join(
        [
            *(rf"\b{word}\b" for word in UNFINISHED),
            *(rf"\b(?i:{word})\b" for word in SIDES),
            *(re.escape(host) for host in HOSTS),
            *PLACES,
        ]
    )
)


def test_no_file_has_a_banned_word() -> None:
    offenders = []
    for path in text_files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            offenders += [f"{path.relative_to(ROOT)}:{number}: {word}" for word in BANNED.findall(line)]
    assert not offenders


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
