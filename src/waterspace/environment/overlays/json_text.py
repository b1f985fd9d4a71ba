"""A JSON object in a file of the user, or a sentence about what is wrong with its text and where.

Source: RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from waterspace.environment.files.opening import unopened
from waterspace.errors import DataFileError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_object", "shown"]

_LONGEST = 60
_FOUND = 20

_MEANINGS = (
    # what the library says, what it means, what to do
    ("Expecting property name", "a key in double quotes is expected", "Keys stand in double quotes."),
    ("Expecting ':'", "a colon is expected after the key", ""),
    ("Expecting ','", "a comma, or the end of the list or object, is expected", ""),
    ("Expecting value", "a value is expected", "Texts stand in double quotes; true, false and null in small letters."),
    ("Unterminated string", "the quotation mark that opens here is never closed", "Is the file cut short?"),
    ("Invalid control", "a line break or another control character stands inside a text", "Write \\n or \\t for it."),
    ("Invalid \\u", "\\u in a text is not followed by four hexadecimal digits", "Write \\\\ for a backslash."),
    ("Invalid \\", "a backslash in a text begins no escape of JSON", "Write \\\\ for a backslash."),
    ("Extra data", "text stands after the end of the JSON", "Remove what follows."),
)
_COMMA = ("a comma stands before the end of a list or an object", "Remove the comma.")


def read_object(path: Path | str) -> dict[str, Any]:
    """The object in a file.

    Raises:
        DataFileError: the file cannot be opened, is not UTF-8 text, or holds no JSON object; with line and column.
    """
    try:
        with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123  # a path or a text
            document = json.load(file)
    except OSError as error:
        raise unopened(path, error) from None
    except UnicodeDecodeError as error:
        raise DataFileError(str(path), f"byte {error.start} is not UTF-8 text: expected GeoJSON.") from None
    except json.JSONDecodeError as error:
        raise _not_json(path, error) from None
    except RecursionError:
        raise DataFileError(str(path), "it is nested too deeply to be GeoJSON.") from None
    except ValueError:
        raise DataFileError(str(path), "a number in it has thousands of digits: expected one in degrees.") from None
    if not isinstance(document, dict):
        raise DataFileError(str(path), f"found {shown(document)}: expected an object of GeoJSON.")
    return document


def shown(value: object) -> str:
    """A value as it is quoted in a message."""
    text = json.dumps(value, default=str)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _not_json(path: Path | str, error: json.JSONDecodeError) -> DataFileError:
    where = f"line {error.lineno}, column {error.colno}"
    rest = error.doc[error.pos :].strip()
    if not rest:
        advice = "Is it cut short? Fetch it again."
        return DataFileError(str(path), "the file ends in the middle of its JSON.", where=where, advice=advice)
    meaning, advice = next(
        ((meaning, advice) for said, meaning, advice in _MEANINGS if error.msg.startswith(said)),
        ("what stands here cannot be understood", ""),
    )
    if "trailing comma" in error.msg or (rest[0] in "]}" and error.msg.startswith(("Expecting p", "Expecting v"))):
        meaning, advice = _COMMA
    found = json.dumps(rest.splitlines()[0][:_FOUND], ensure_ascii=False)
    return DataFileError(str(path), f"it is not JSON: found {found}; {meaning}.", where=where, advice=advice)
