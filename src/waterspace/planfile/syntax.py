"""What libyaml says of unreadable YAML, in plain language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml import MarkedYAMLError

    from waterspace.errors import Fault
    from waterspace.planfile.lines import Lines

__all__ = ["explain_syntax"]

_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=[^\s#])", re.MULTILINE)
_QUOTE = 'Put the text in quotation marks: "..."'
_QUOTE_ALL = 'Put the whole text in quotation marks: "...", and a backslash before each one inside.'
_SPACES = "Indent with spaces."
_INDENT = "Keys that belong together start in the same column; use spaces, never tabs."

_PROBLEMS: tuple[tuple[str, str, str], ...] = (
    # what libyaml says, what it means ({where} = the line in which the construct began), what to do
    ("directive", "A line that begins with % is a YAML directive, which is not used here.", "Remove it."),
    ("mapping values are not allowed", "There is a second colon in this line, or it is indented too far.", _QUOTE),
    ("did not find expected key", "This line fits neither the lines above it nor a new key.", _INDENT),
    ("did not find expected '-' indicator", "This line fits neither the list above it nor a new key.", _INDENT),
    ("block sequence entries are not allowed", "A list item cannot begin here.", "Begin each item on its own line."),
    ("mapping keys are not allowed", "A question mark cannot stand here.", _QUOTE),
    ("could not find expected ':'", "A colon is missing after the key in line {where}.", "Write key: value."),
    ("did not find expected ',' or ']'", "The list that opens in line {where} is not closed with ] before this.", ""),
    ("did not find expected ',' or '}'", "The mapping that opens in line {where} is not closed with }} here.", ""),
    ("unexpected end of stream", "The quotation mark in line {where} is never closed.", "Close it."),
    (
        "unexpected document indicator",
        "The quotation mark in line {where} is not closed before this line.",
        "Close it.",
    ),
    ("unknown escape character", "A backslash in double quotes begins an escape that is unknown.", "Write \\\\."),
    ("hexdecimal number", "The escape in double quotes lacks hexadecimal digits.", "Write \\\\."),
    ("Unicode character escape", "The escape in double quotes is no character.", "Write the character itself."),
    ("alphabetic or numeric character", "A value cannot begin with * or &.", _QUOTE),
    ("expected <document start>", "What stands here is outside the mapping of the file.", _INDENT),
    ("expected node content", "A value is missing here, or a comma is too many.", ""),
    ("indentation indicator", "The number after | or > is not an indentation.", "Write | or > alone."),
    ("comment or line break", "After | or > the text begins on the next line.", ""),
    ("tab character", "A tab stands where only spaces are allowed.", _SPACES),
    ("incompatible YAML", "The file asks for another version of YAML.", "Remove the line that begins with %."),
    ("tag", "An exclamation mark begins a YAML tag, which is not used here.", _QUOTE),
    ("'!'", "An exclamation mark begins a YAML tag, which is not used here.", _QUOTE),
)


def explain_syntax(error: MarkedYAMLError, text: str, lines: Lines) -> tuple[Fault, ...]:
    """The faults behind an error of libyaml: one, or one for each line that is indented with a tab."""
    mark = error.problem_mark or error.context_mark
    offset = 0 if mark is None else min(mark.index, len(text))
    tabs = [match.end() - 1 for match in _TAB_INDENT.finditer(text) if match.end() >= offset]
    begin = text.rfind("\n", 0, offset) + 1
    if tabs and "\t" in text[begin : offset + 1]:
        message = "The line is indented with a tab, which YAML does not allow."
        return tuple(lines.fault(tab, message, found="a tab", expected="spaces", advice=_SPACES) for tab in tabs)
    problem, context = error.problem or "", error.context or ""
    where = lines.line(offset if error.context_mark is None else error.context_mark.index)
    if "cannot start any token" in problem:
        found = text[offset : offset + 1]
        message = (
            f"A value cannot begin with {found!r}." if found.strip() else "A tab stands where a value is expected."
        )
        return (lines.fault(offset, message, found=found, advice=_QUOTE if found.strip() else _SPACES),)
    if "did not find expected key" in problem and text[begin:offset].strip():
        message = "Text stands here after the value has ended."
        return (lines.fault(offset, message, found=_shown(text, offset), advice=_QUOTE_ALL),)
    for said, meaning, advice in _PROBLEMS:
        if said in problem or said in context:
            return (lines.fault(offset, meaning.format(where=where), found=_shown(text, offset), advice=advice),)
    return (lines.fault(offset, f"The text cannot be read as YAML here ({problem}).", found=_shown(text, offset)),)


def _shown(text: str, offset: int) -> str:
    """The rest of the line, shortened."""
    return re.split(r"[\r\n]", text[offset : offset + 40], maxsplit=1)[0].strip()
