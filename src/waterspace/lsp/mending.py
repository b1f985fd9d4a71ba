"""Every safe fix at once, as `waterspace check --fix` applies them: each is checked again before it counts."""

from __future__ import annotations

import logging
from difflib import SequenceMatcher
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
    content = plan.text.source.encode("utf-8", "surrogatepass")
    try:
        chosen = settings_of(file)

        def checked(exercise: Exercise) -> CheckResult:
            return check(exercise, chosen.select, chosen.ignore, chosen.limits)

        after = mending.mend(Document(content, file), checked).document
    except WaterspaceError:
        return ()
    except Exception:  # noqa: BLE001  # whatever is left is our own fault, and changes nothing
        _LOG.exception("%s could not be mended", file)
        return ()
    return tuple(differences(plan.text.body, after.text.removeprefix(BOM)))


def differences(old: str, new: str) -> Iterator[Change]:
    """Changes that make one text of another, in order; of a line that changed no more than what did."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    for kind, first, last, new_first, new_last in SequenceMatcher(None, before, after).get_opcodes():
        if kind != "equal":
            yield _trimmed(old, (starts[first], starts[last]), "".join(after[new_first:new_last]))


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
