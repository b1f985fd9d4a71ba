"""Every safe fix at once, as `waterspace check --fix` applies them: each is checked again before it counts."""

from __future__ import annotations

import logging
from collections import Counter
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

from waterspace.checks import check, mending
from waterspace.errors import WaterspaceError
from waterspace.lsp.inspection import settings_of
from waterspace.lsp.rename import Change
from waterspace.planfile import Document
from waterspace.planfile.reading import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import CheckResult, Exercise
    from waterspace.lsp.plan import Plan

__all__ = ["differences", "mended"]

_LOG = logging.getLogger(__name__)


def mended(plan: Plan, file: str) -> tuple[Change, ...]:
    """What the command line would change in a text; nothing where it cannot be understood or its settings cannot.

    It never raises.

    Args:
        plan: with the text.
        file: what it is called, which is where its settings are looked for.
    """
    try:
        content = plan.text.source.encode("utf-8", "surrogatepass")
        chosen = settings_of(file)

        def checked(exercise: Exercise) -> CheckResult:
            return check(exercise, chosen.select, chosen.ignore, chosen.limits)

        after = mending.mend(Document(content, file), checked).document
        return tuple(differences(plan.text.body, after.text.removeprefix(BOM)))
    except WaterspaceError:
        return ()
    except Exception:  # noqa: BLE001  # whatever is left is our own fault, and changes nothing
        _LOG.exception("%s could not be mended", file)
        return ()


def differences(old: str, new: str) -> Iterator[Change]:
    """Changes that make one text of another, in order; of a line that changed no more than what did.

    Between lines that are the only ones of their kind in both texts, line is compared with line where there are as many
    of them, as after most fixes; a comparison in earnest is left what is between the others.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, before))]
    for (first, last), (new_first, new_last) in _gaps(before, after):
        if last - first == new_last - new_first:
            pieces = [(n, n + 1, m, m + 1) for n, m in zip(range(first, last), range(new_first, new_last), strict=True)]
        else:
            matcher = SequenceMatcher(None, before[first:last], after[new_first:new_last])
            pieces = [
                (first + one, first + end, new_first + new_one, new_first + new_end)
                for kind, one, end, new_one, new_end in matcher.get_opcodes()
                if kind != "equal"
            ]
        for one, end, new_one, new_end in pieces:
            if before[one:end] != after[new_one:new_end]:
                yield _trimmed(old, (starts[one], starts[end]), "".join(after[new_one:new_end]))


def _gaps(before: list[str], after: list[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """What lies between the lines that both have once and in the same order: from where to where in each."""
    numbers = {line: number for number, line in enumerate(after)}
    often = {line for text in (Counter(before), Counter(after)) for line, count in text.items() if count > 1}
    first = new_first = 0
    for number, line in enumerate(before):
        new = numbers.get(line, -1)
        if line not in often and new >= new_first:
            yield (first, number), (new_first, new)
            first, new_first = number + 1, new + 1
    yield (first, len(before)), (new_first, len(after))


def _trimmed(old: str, span: tuple[int, int], text: str) -> Change:
    """A change without what both texts have in common at its beginning and at its end."""
    start, end = span
    same = _alike(old[start:end], text)
    start, text = start + same, text[same:]
    tail = _alike(old[start:end][::-1], text[::-1])
    return Change((start, end - tail), text[: len(text) - tail])


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
