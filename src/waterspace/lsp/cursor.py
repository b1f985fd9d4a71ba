"""Where a cursor stands among keys and values, found line by line, so that it works in a text that does not parse.

YAML is read here only as far as that takes: indentation, `key:`, `- `, brackets, quotation marks and comments. The
entry around the cursor is looked at, never the whole of a large file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["Cursor", "Path", "find_cursor"]

Path = tuple[str, ...]

_BREAK = re.compile(r"\r\n|\r|\n")
_TOP = re.compile(r"^[A-Za-z\"'][^\n:#]*:(?=\s|$)", re.MULTILINE)
_INDENTED_KEY = re.compile(r"^( +)(?:[A-Za-z][\w-]*|\"[^\"\n]*\"|'[^'\n]*'):(?=\s|$)", re.MULTILINE)
_QUOTED = r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+'"
_KEY = re.compile(rf"((?:{_QUOTED})\s*+|[^\s#:,\[\]{{}}\"'&*!|>%@`-][^:#\n]*+|-[^\s:#][^:#\n]*+):(?=\s|$)")
_LISTS = re.compile(r"(?:\s++|#[^\r\n]*+)*+[{\[-]")
"""How a section begins whose entries are a list or stand in brackets, so that nothing in it looks like a key."""
_DASH = re.compile(r"-(?:[ \t]+|$)")
_BLOCK_TEXT = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_FLOW = re.compile(
    r"""
    "(?:[^"\\]|\\.)*+"? | '(?:[^']|'')*+'?   # a text in quotation marks, perhaps not closed yet
    | (?<!\S)\#[^\r\n]*+                     # a comment
    | [][{},] | :(?=[\s,\]}]|$)              # what brackets are made of
    | \s++ | [^][{},:\s"']++ | .
    """,
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where a cursor stands.

    Attributes:
        path: keys (and numbers of list items) that lead to the mapping around a key, or to the value.
        writes_key: whether a key is written there; None where a lone word may be either.
        given: keys of the same mapping that stand before it.
        written: what stands between the beginning of the key or value and the cursor.
        start: where that begins.
        in_comment: whether it is in a comment.
        in_brackets: whether the mapping or list around it is written in brackets.
        indent: columns before a key in a block.
    """

    path: Path
    writes_key: bool | None
    given: frozenset[str] = frozenset()
    written: str = ""
    start: int = 0
    in_comment: bool = False
    in_brackets: bool = False
    indent: int = 0


@dataclass(slots=True)
class _Level:
    """A mapping or list that is open: in a block at an indentation, or in brackets."""

    indent: int
    bracket: str = ""
    key: str | None = None
    index: int = -1
    keys: set[str] = field(default_factory=set)
    begun: int = 0

    @property
    def is_list(self) -> bool:
        return self.bracket == "[" or (not self.bracket and self.index >= 0)

    def step(self) -> str | None:
        return str(max(0, self.index)) if self.is_list else self.key


def find_cursor(text: str, offset: int) -> Cursor:
    """Where the cursor at an offset stands.

    Args:
        text: the whole text, without byte order mark; it need not be YAML.
        offset: of the cursor, clamped into the text.
    """
    offset = min(max(0, offset), len(text))
    start, path = _entry(text, offset)
    return _Reader(text, offset, path).read(start)


def _entry(text: str, offset: int) -> tuple[int, Path]:
    """Where to begin to read: the entry of a section that holds the cursor, or the section; and the path to there."""
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    if text[line : line + 1].strip() and text[line : line + 1] not in "-#":
        return line, ()  # a key of the file
    top = None
    for match in _TOP.finditer(text, 0, line):
        top = match
    if top is None:
        return 0, ()
    first = None
    last = None
    for match in _INDENTED_KEY.finditer(text, top.end(), line):
        first = first or match[1]
        if match[1] == first:
            last = match
    if last is None or _LISTS.match(text, top.end()):
        return top.start(), ()
    return last.start(), (_unquoted(top[0][:-1].strip()),)


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0] else text


class _Reader:
    """Reads lines from an entry to the cursor, and keeps what is open."""

    def __init__(self, text: str, offset: int, above: Path) -> None:
        self._text = text
        self._cursor = offset
        self._above = above
        self._levels: list[_Level] = []
        self._flow: list[_Level] = []
        self._block_text: int | None = None

    def read(self, start: int) -> Cursor:
        at = start
        while (found := _BREAK.search(self._text, at)) is not None and found.start() < self._cursor:
            self._line(at, found.start())
            at = min(found.end(), self._cursor)  # the cursor may stand between CR and LF
        return self._last_line(at)

    # ------------------------------------------------------------------------------------------------ whole lines

    def _line(self, at: int, end: int) -> None:
        if self._flow:
            self._brackets(at, end)
            return
        content = self._text[at:end]
        bare = content.lstrip(" ")
        if not bare.strip() or bare[:1] == "#":
            return
        indent = len(content) - len(bare)
        if self._is_block_text(indent):
            return
        self._keys_of_line(at + indent, end, indent)

    def _is_block_text(self, indent: int) -> bool:
        if self._block_text is not None and indent > self._block_text:
            return True
        self._block_text = None
        return False

    def _keys_of_line(self, at: int, end: int, indent: int) -> int:
        """Open what a line opens; where its value begins."""
        while (dash := _DASH.match(self._text, at, end)) is not None:
            self._item(indent)
            indent += dash.end() - at
            at = dash.end()
        key = _KEY.match(self._text, at, end)
        if key is None:
            if self._text[at : at + 1] in {"{", "["}:
                self._brackets(at, end)
            return at
        self._key(indent, _unquoted(key[1].strip()))
        value = key.end()
        while value < end and self._text[value] in " \t":
            value += 1
        if self._text[value : value + 1] in {"{", "["}:
            self._brackets(value, end)
        elif _BLOCK_TEXT.match(self._text, value, end):
            self._block_text = indent
        return value

    def _close(self, indent: int, *, for_item: bool) -> _Level | None:
        """Close what is indented deeper; the level at this indentation, if it is open."""
        while self._levels and self._levels[-1].indent > indent:
            self._levels.pop()
        while self._levels and self._levels[-1].indent == indent and self._levels[-1].is_list and not for_item:
            self._levels.pop()
        last = self._levels[-1] if self._levels else None
        return last if last is not None and last.indent == indent and last.is_list == for_item else None

    def _item(self, indent: int) -> None:
        level = self._close(indent, for_item=True)
        if level is None:
            self._levels.append(_Level(indent, index=0))
        else:
            level.index += 1

    def _key(self, indent: int, key: str) -> None:
        level = self._close(indent, for_item=False)
        if level is None:
            level = _Level(indent)
            self._levels.append(level)
        level.key = key
        level.keys.add(key)

    # --------------------------------------------------------------------------------------------------- brackets

    def _brackets(self, at: int, end: int) -> None:
        """Follow brackets from one place to another, or to the end of the outermost."""
        while at < end:
            token = _FLOW.match(self._text, at, end)
            assert token is not None
            at = token.end()
            self._bracket(token[0], token.start(), at)
            if not self._flow:
                return

    def _bracket(self, sign: str, start: int, after: int) -> None:
        level = self._flow[-1] if self._flow else None
        if sign in {"{", "["}:
            self._flow.append(_Level(0, bracket=sign, index=0 if sign == "[" else -1, begun=after))
        elif level is None:
            return
        elif sign in {"}", "]"}:
            self._flow.pop()
        elif sign == ",":
            level.index += level.bracket == "["
            level.key, level.begun = None, after
        elif sign == ":" and level.bracket == "{" and level.key is None:
            level.key = _unquoted(self._text[level.begun : start].strip())
            level.keys.add(level.key)
            level.begun = after

    # ------------------------------------------------------------------------------------------ the cursor's line

    def _last_line(self, at: int) -> Cursor:
        cursor, text = self._cursor, self._text
        if self._flow:
            self._brackets(at, cursor)
            return self._in_brackets() if self._flow else self._nowhere()
        content = text[at:cursor]
        indent = len(content) - len(content.lstrip(" "))
        if content.strip() and self._is_block_text(indent):
            return self._nowhere()
        if content.lstrip(" ")[:1] == "#":
            return Cursor(path=self._path(), writes_key=None, in_comment=True)
        while (dash := _DASH.match(text, at + indent, cursor)) is not None:
            self._item(indent)
            indent = dash.end() - at
        if _KEY.match(text, at + indent, cursor) is not None:
            value = self._keys_of_line(at + indent, cursor, indent)
            return self._in_brackets() if self._flow else self._in_value(value)
        if text[at + indent : at + indent + 1] in {"{", "["}:
            self._brackets(at + indent, cursor)
            return self._in_brackets() if self._flow else self._nowhere()
        return self._lone_word(at, indent)

    def _lone_word(self, at: int, indent: int) -> Cursor:
        level = self._close(indent, for_item=False) if not self._in_item(indent) else None
        given = frozenset(level.keys) if level is not None else frozenset()
        if level is not None:
            self._levels.pop()
        start = at + indent
        written = self._text[start : self._cursor]
        return Cursor(
            path=self._path(),
            writes_key=True if level is not None or not self._path() else None,
            given=given,
            written=written,
            start=start,
            in_comment=_in_comment(written),
            indent=indent,
        )

    def _in_item(self, indent: int) -> bool:
        """Whether the last thing opened is an item whose text begins at an indentation."""
        return bool(self._levels) and self._levels[-1].is_list and self._levels[-1].indent < indent

    def _in_value(self, value: int) -> Cursor:
        value = min(value, self._cursor)
        written = self._text[value : self._cursor]
        return Cursor(
            path=self._path(), writes_key=False, written=written, start=value, in_comment=_in_comment(written)
        )

    def _in_brackets(self) -> Cursor:
        level = self._flow[-1]
        writes_key = level.bracket == "{" and level.key is None
        raw = self._text[level.begun : self._cursor]
        start = level.begun + len(raw) - len(raw.lstrip())
        steps = [
            step for inner in (self._flow[:-1] if writes_key else self._flow) if (step := inner.step()) is not None
        ]
        return Cursor(
            path=(*self._path(), *steps),
            writes_key=writes_key,
            given=frozenset(level.keys) if writes_key else frozenset(),
            written=self._text[start : self._cursor],
            start=start,
            in_comment=_in_comment(raw.rpartition("\n")[2]),
            in_brackets=True,
        )

    def _nowhere(self) -> Cursor:
        return Cursor(path=self._path(), writes_key=False, start=self._cursor, in_comment=True)

    def _path(self) -> Path:
        return (*self._above, *(step for level in self._levels if (step := level.step()) is not None))


def _in_comment(written: str) -> bool:
    return re.search(r"(?:^|\s)#", written) is not None
