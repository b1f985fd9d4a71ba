"""The built script and style sheet are those of their sources, and name no other place."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from source_tree import ROOT, SOURCE

WEB = ROOT / "web"
ASSETS = SOURCE / "reports" / "assets"
BUNDLE = ("report.css", "report.js")
MOST_BYTES = 400_000


def _cannot(reason: str) -> NoReturn:
    if os.environ.get("WATERSPACE_REQUIRE_WEB"):
        pytest.fail(f"WATERSPACE_REQUIRE_WEB is set, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of `web/` with what its lock names installed."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        _cannot("Node.js with npm is not installed")
    installed = WEB / "node_modules"
    if not installed.is_dir() and not os.environ.get("WATERSPACE_REQUIRE_WEB"):
        _cannot("web/node_modules is missing; run `npm ci` in web/")
    copy = tmp_path_factory.mktemp("workshop") / "web"
    shutil.copytree(WEB, copy, ignore=shutil.ignore_patterns("node_modules"))
    symbols = copy.parent / "src" / "waterspace" / "reports"
    symbols.mkdir(parents=True)
    shutil.copy(SOURCE / "reports" / "symbols.py", symbols)
    if installed.is_dir():
        shutil.copytree(installed, copy / "node_modules", symlinks=True)
    else:
        done = subprocess.run([npm, "ci"], cwd=copy, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            _cannot(f"npm ci failed: {done.stderr[-500:]}")
    return copy


def _npm(workshop: Path, script: str, **environment: str) -> None:
    command = ["npm", "run", "--silent", script]
    done = subprocess.run(
        command, cwd=workshop, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_rebuild_gives_the_committed_files_byte_for_byte(workshop: Path, tmp_path: Path) -> None:
    _npm(workshop, "build", WATERSPACE_WEB_OUT=str(tmp_path / "built"))
    built = {path.name: path.read_bytes() for path in (tmp_path / "built").iterdir()}
    assert tuple(sorted(built)) == BUNDLE
    for name in BUNDLE:
        assert built[name] == (ASSETS / name).read_bytes(), f"{name} is not that of its sources: run `make web`"


def test_the_sources_are_well_typed(workshop: Path) -> None:
    _npm(workshop, "typecheck")


def test_the_tests_of_the_sources_pass(workshop: Path) -> None:
    _npm(workshop, "test", CI="true")


def test_the_bundle_is_small_and_ends_no_element_that_holds_it() -> None:
    assert tuple(sorted(path.name for path in ASSETS.iterdir())) == BUNDLE
    assert sum((ASSETS / name).stat().st_size for name in BUNDLE) < MOST_BYTES
    script, style = ((ASSETS / name).read_text(encoding="utf-8").lower() for name in reversed(BUNDLE))
    assert "</script" not in script
    assert "<!--" not in script
    assert "</style" not in style


def test_the_bundle_loads_nothing_and_keeps_the_notice_of_what_it_contains() -> None:
    script, style = ((ASSETS / name).read_text(encoding="utf-8") for name in reversed(BUNDLE))
    for word in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "importScripts", "sourceMappingURL", "eval("):
        assert word not in script, word
    assert not re.search(r"@import|url\((?!data:)", style)
    assert "Måns Beckman" in script
    assert "The above copyright notice and this permission notice shall be included" in script


def test_the_lock_pins_every_package_by_hash_and_names_no_source() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all("resolved" not in entry for entry in packages.values())
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    manifest = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    wanted = manifest["dependencies"] | manifest["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
