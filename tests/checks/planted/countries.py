"""Planted defects of countries: letters that stand for none (WS013)."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from planting_scene import scenes
from waterspace.notation.countries import COUNTRIES, is_country

__all__ = ["DEFECTS"]

_LETTERS = st.text(string.ascii_uppercase, min_size=3, max_size=3)


@st.composite
def _nobody(draw: st.DrawFn) -> tuple[str, str]:
    """A ship of no country, or a permission of none; in the twin the country exists, or its letters are free."""
    scene = draw(scenes())
    wrong = draw(_LETTERS.filter(lambda code: not is_country(code)))
    right = draw(st.sampled_from([*sorted(COUNTRIES), "XAA", "QMZ", "ZZZ", "AAB"]))
    place = draw(st.sampled_from(("nation", "permission", "host")))
    permission = f"permissions:\n  P1: {{state: JPN, kind: port call, covers: [S1], date: {'2020-01-01T00:00Z'}}}\n"
    plan = f"{scene.head()}serials:\n{scene.serial()}{permission}"
    swapped = {"nation": "nation: KOR", "permission": "state: JPN", "host": "host: JPN"}[place]
    assert swapped in plan
    key = swapped.partition(":")[0]
    return plan.replace(swapped, f"{key}: {wrong}", 1), plan.replace(swapped, f"{key}: {right}", 1)


DEFECTS = {"WS013": _nobody()}
