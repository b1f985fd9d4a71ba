"""Writes the reference pages of rules, serial types, commands and straits, and the JSON Schema, from the code.

Usage: python tools/build_docs.py [--check]

With `--check` nothing is written; the exit status is 1 if a file differs from what the code says.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer
import typer.main

from waterspace import checks, planfile
from waterspace.cli import app
from waterspace.environment import straits
from waterspace.planfile.schema import write_schema
from waterspace.quantity import nautical_miles
from waterspace.reports.serial_page import serial_page
from waterspace.serials import registry

if TYPE_CHECKING:
    from typer.core import TyperCommand

__all__ = ["commands_page", "main", "rules_page", "schema_text", "serial_types_page", "straits_page"]

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- Written by tools/build_docs.py from the code; `make docs` writes it again. -->"


def main() -> None:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description="Write the reference pages and the schema from the code.")
    parser.add_argument("--check", action="store_true", help="compare only")
    options = parser.parse_args()
    stale = []
    for path, text in _files().items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.relative_to(ROOT))
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"{name} differs from the code; run `make docs`" if options.check else f"wrote {name}")
    sys.exit(1 if stale and options.check else 0)


def _files() -> dict[Path, str]:
    reference = ROOT / "docs" / "reference"
    return {
        reference / "rules.md": rules_page(),
        reference / "serial-types.md": serial_types_page(),
        **{reference / "serials" / f"{key}.md": serial_page(key, MADE) for key in registry.built_in_keys()},
        reference / "commands.md": commands_page(),
        reference / "straits.md": straits_page(),
        ROOT / "schema" / "waterspace-1.schema.json": schema_text(),
    }


def schema_text() -> str:
    """The JSON Schema of the exercise file, with the built-in serial types."""
    return write_schema(planfile.json_schema(registry.built_in_keys()))


# ---------------------------------------------------------------------------------------------------------- rules


def rules_page() -> str:
    """Every rule, by family."""
    lines = ["# Rules", "", MADE, ""]
    lines += ["What `waterspace check` looks at; `waterspace rule CODE` prints the same on the command line.", ""]
    lines += ["| code | severity | rule |", "|---|---|---|"]
    lines += [
        f"| [{rule.code}](#{_anchor(rule)}) | {rule.severity.value} | {rule.summary} |" for rule in checks.rules()
    ]
    family = ""
    for rule in checks.rules():
        if rule.code[:3] != family:
            family = rule.code[:3]
            lines += ["", f"# {family}: {checks.family(family)}"]
        lines += ["", f"## {rule.code} {rule.name}", "", f"*{rule.severity.value}.* {rule.summary}", "", rule.why]
        for name, content in rule.files.items():
            lines += ["", f"With a file `{name}`:", "", "```json", *content.strip("\n").splitlines(), "```"]
        lines += ["", f"Source: {rule.source}", "", "Bad:", "", *_yaml(rule.bad), "", "Good:", "", *_yaml(rule.good)]
    return "\n".join(lines) + "\n"


def _anchor(rule: checks.Rule) -> str:
    return f"{rule.code} {rule.name}".lower().replace(" ", "-")


def _yaml(text: str) -> list[str]:
    return ["```yaml", *text.strip("\n").splitlines(), "```"]


# --------------------------------------------------------------------------------------------------- serial types


def serial_types_page() -> str:
    """Every built-in serial type in a line, with a link to its page."""
    lines = ["# Serial types", "", MADE, ""]
    lines += ["What may stand under `type` in a serial. Each has a page: what its units do, roles, parameters, limits,"]
    lines += [
        "what it reserves, what is measured, and an example. `waterspace serials TYPE` prints the same, and so it"
    ]
    lines += ["does for a type from a plug-in.", "", "| type | | measures |", "|---|---|---|"]
    for key in registry.built_in_keys():
        type_ = registry.get(key)
        measures = ", ".join(f"`{name}`" for name in type_.measured_by)
        lines.append(f"| [`{key}`](serials/{key}.md) | {_cell(type_.summary)} | {measures} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# ------------------------------------------------------------------------------------------------------- commands


def commands_page() -> str:
    """Every command with its arguments and options."""
    group = typer.main.get_command(app)
    lines = ["# Commands", "", MADE, "", group.help or "", ""]
    lines += ["| exit status | means |", "|---|---|"]
    lines += ["| 0 | done; no finding of severity error |", "| 1 | findings of severity error |"]
    lines += ["| 2 | unusable input or usage |", "| 3 | a fault of Waterspace |", "| 130 | interrupted |", ""]
    for name, command in sorted(getattr(group, "commands", {}).items()):
        lines += [*_command(name, command), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _command(name: str, command: TyperCommand) -> Iterator[str]:
    context = typer.Context(command, info_name=f"waterspace {name}")
    yield from (f"## `waterspace {name}`", "", command.help or "", "", "```")
    yield command.get_usage(context).removeprefix("Usage: ")
    yield "```"
    yield from ("", "| | |", "|---|---|")
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None and "--help" not in parameter.opts:
            yield f"| `{_cell(record[0])}` | {_cell(record[1])} |"


# -------------------------------------------------------------------------------------------------------- straits


def straits_page() -> str:
    """Every strait: its gate, how wide it is, why widths differ, and what is known of the passage."""
    every = straits.load().values()
    lines = ["# Straits", "", MADE, "", *_STRAITS_TEXT, ""]
    lines += ["| key | strait | gate | table | measured | published |", "|---|---|---|---|---|---|"]
    lines += [_strait(strait) for strait in every]
    lines += ["", "## Which islands count, and why widths differ", ""]
    lines += [f"- **{strait.name}.** {_coded(strait.width_note)}" for strait in every if strait.width_note]
    lines += ["", "## What is known of the passages", "", *_PASSAGES_TEXT, ""]
    lines += ["| key | territorial seas | separation schemes | remarks | confidence |", "|---|---|---|---|---|"]
    for strait in every:
        told = (strait.regime, strait.tss, strait.provenance.note, strait.provenance.confidence or "")
        lines.append(f"| `{strait.key}` | " + " | ".join(_coded(_cell(text)) for text in told) + " |")
    lines += ["", "## Sources", ""]
    for strait in every:
        if strait.provenance.source:
            lines += [f"Source: `{strait.key}`: {strait.provenance.source}", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


_STRAITS_TEXT = (
    "The straits that Waterspace knows, with the two points on either shore between which each is narrowest. Widths",
    "are in nautical miles. *Table* is the length of the gate on the shoreline of GSHHG at full resolution; *measured*",
    "is what the packaged coast gives, the least distance between the lands that the gate ends on; *published* is what",
    "the sources below give. The ends of canals are assumed and have no width.",
)

_PASSAGES_TEXT = (
    "Nothing here is legal advice. Where a text says *assumed* no source was found for it; a row without a source",
    "below stands on the shoreline alone.",
)


def _strait(strait: straits.Strait) -> str:
    first, second = (f"{end.lat_deg:.4f}, {end.lon_deg:.4f}" for end in strait.gate)
    known = strait.width_computed_m is not None
    widths = (strait.width_computed_m, straits.measured_width_m(strait) if known else None, strait.width_published_m)
    cells = ("" if width is None else f"{nautical_miles(width):.2f}" for width in widths)
    return f"| `{strait.key}` | {_cell(strait.name)} | {first} to {second} | {' | '.join(cells)} |"


def _coded(text: str) -> str:
    """Codes and acronyms of a text set as code."""
    return re.sub(r"\b[A-Z][A-Z0-9]+(?:[-./][A-Z0-9.]+)*\b", r"`\g<0>`", text)


if __name__ == "__main__":
    main()
