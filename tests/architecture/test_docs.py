"""The documentation points at things that exist, shows files that load, and uses words that the glossary has."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer.main

import waterspace
from command_line import here
from source_tree import ROOT, SOURCE
from waterspace.cli import app
from waterspace.quantity import MINUTE_MS

if TYPE_CHECKING:
    import pytest

PAGES = tuple(sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]))
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)\s]*)?\)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]*>", re.DOTALL)
ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]*[A-Z][A-Z0-9-]*(?![\w-])")

WHOLE_PLAN = re.compile(r"^waterspace: 1$(?=.*\nexercise:)", re.MULTILINE | re.DOTALL)
CITATION = re.compile(r"^Source: .*$", re.MULTILINE)
CODE_NAME = re.compile(r"WS\d+|FL\d+|[IVX]+")

KNOWN = frozenset(
    "API CI DIR GNU HTML ID JSON LICENSE LGPL NOTICE README SHA-256 SI US UTF-8 VS YAML".split()  # noqa: SIM905
)
"""Capitals that any reader knows or that name a file; those of the field must be in the glossary."""


def _odd(what: Callable[[Path, str], Collection[object]]) -> dict[str, Collection[object]]:
    """What is wrong with each page where something is."""
    found = {str(page.relative_to(ROOT)): what(page, page.read_text(encoding="utf-8")) for page in PAGES}
    return {name: wrong for name, wrong in found.items() if wrong}


def test_every_link_leads_to_a_file() -> None:
    def broken(page: Path, text: str) -> list[object]:
        targets = [match[1] for match in LINK.finditer(text)]
        return [target for target in targets if "://" not in target and not (page.parent / target).exists()]

    assert len(PAGES) > 50
    assert not _odd(broken)


def test_every_command_shown_exists() -> None:
    commands = set(getattr(typer.main.get_command(app), "commands", {}))
    shown = re.compile(r"(?:`|^(?:\$ )?)waterspace ([a-z]+)", re.MULTILINE)
    assert not _odd(lambda _, text: set(shown.findall(text)) - commands)


def test_every_command_named_in_the_code_and_the_schema_exists() -> None:
    commands = set(getattr(typer.main.get_command(app), "commands", {}))
    files = [*SOURCE.rglob("*.py"), *(ROOT / "schema").glob("*.json")]
    named = {
        (str(file.relative_to(ROOT)), command)
        for file in files
        for command in re.findall(r"`waterspace ([a-z]+)", file.read_text(encoding="utf-8"))
    }
    assert {command for _, command in named} & commands
    assert not {(file, command) for file, command in named if command not in commands}


WANTS_FILES = {"WS309", "WS310", "WS312", "WS603"}
"""Rules that want a file of data which cannot be shipped, wherever somebody fires."""


def test_every_whole_exercise_file_shown_is_clean(tmp_path: Path) -> None:
    def found(_: Path, text: str) -> list[object]:
        plans = [text for language, text in BLOCK.findall(text) if language == "yaml" and WHOLE_PLAN.search(text)]
        return [wrong for plan in plans for wrong in _found_in(tmp_path / "shown.exercise.yaml", plan)]

    assert not _odd(found)


def _found_in(path: Path, plan: str) -> list[object]:
    path.write_text(plan, encoding="utf-8")
    result = waterspace.check(waterspace.load(path))
    return [*result.findings, *(one for one in result.not_checked if one.code not in WANTS_FILES)]


def test_every_acronym_is_in_the_glossary() -> None:
    def unknown(_: Path, text: str) -> set[str]:
        words = set(ACRONYM.findall(CITATION.sub(" ", CODE.sub(" ", text)))) - KNOWN - _glossary()
        return {word for word in words if not CODE_NAME.fullmatch(word)}

    assert not _odd(unknown)


def test_every_page_can_be_reached_from_the_first() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for match in LINK.finditer(page.read_text(encoding="utf-8")):
            target = (page.parent / match[1]).resolve()
            if target.suffix == ".md" and target.is_file():
                waiting.append(target)
    lost = set((ROOT / "docs").rglob("*.md")) - reached
    assert not lost


def test_the_serial_in_the_readme_is_that_of_the_example() -> None:
    blocks = dict(BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    example = (ROOT / "examples" / "northern-interaction-2023.exercise.yaml").read_text(encoding="utf-8")
    assert blocks["yaml"] in example


def test_the_commands_in_the_readme_print_what_it_shows() -> None:
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    shown = [text for language, text in blocks if language == "console"]
    assert len(shown) >= 2
    for text in shown:
        prompt, _, output = text.partition("\n")
        words = shlex.split(prompt.removeprefix("$ waterspace "))
        done = here(*words, folder=ROOT)
        assert output.removesuffix("...\n") in done.stdout, prompt


def test_the_readme_activates_the_environment_of_the_makefile_before_its_first_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (venv,) = re.findall(r"^VENV := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    activation = text.index(f"```sh\nsource {venv}/bin/activate\n```")
    assert text.index("make demo") < activation < text.index("$ waterspace ")


def test_the_tutorial_shows_what_really_happens(tmp_path: Path) -> None:
    blocks = BLOCK.findall((ROOT / "docs" / "tutorial" / "first-exercise.md").read_text(encoding="utf-8"))
    clean, faults, findings, not_checked, mended_result, ran = (text for language, text in blocks if language == "text")
    addition, mended = (text for language, text in blocks if language == "yaml")
    start = (ROOT / "examples" / "passex.exercise.yaml").read_text(encoding="utf-8")
    assert _check(tmp_path, start) == clean
    mistaken = start + addition
    assert _check(tmp_path, mistaken) == faults
    understood = _check(tmp_path, mistaken.replace("strat:", "start:").replace("range: 4\n", "range: 4 nm\n"))
    assert findings in understood
    assert not_checked in understood
    assert _check(tmp_path, mended) == mended_result
    run = waterspace.run(waterspace.load(tmp_path / "first.exercise.yaml"), seed=1)
    assert ran.startswith(
        f"PASSEX: {len(run.records)} of {len(run.records)} serials ran, {len(run.tracks)} units, seed 1"
    )
    late = next(record for record in run.records if record.serial == "S3")
    assert late.planned is not None
    assert late.actual is not None
    assert 0 < late.actual.start_ms - late.planned.start_ms < 5 * MINUTE_MS


def test_the_page_on_python_works_when_it_is_followed_from_the_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "guide" / "python.md").read_text(encoding="utf-8")
    blocks = [text for language, text in BLOCK.findall(page) if language == "python"]
    assert len(blocks) >= 4
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "guide"}
    for number, text in enumerate(blocks, 1):
        exec(compile(text, f"block {number} of python.md", "exec"), names)  # noqa: S102  # what a reader would type
    stopped = {record.serial: record.actual is None for record in names["outcome"].records}
    assert stopped == {"S1": False, "S2": True}
    assert "cancel to S2: fog" in capsys.readouterr().out
    assert (tmp_path / "report.html").is_file()
    assert len(names["table"].fetchall()) == 24


def _check(folder: Path, text: str) -> str:
    """What `waterspace check` prints of a plan."""
    (folder / "first.exercise.yaml").write_text(text, encoding="utf-8")
    return here("check", "first.exercise.yaml", folder=folder).stdout


@cache
def _glossary() -> frozenset[str]:
    text = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    return frozenset(part for row in rows for part in re.split(r"[,;]? +", row))
