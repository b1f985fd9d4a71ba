"""Edits of a fix touch what they are about and leave every other byte as it was."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Edit, Sorting
from waterspace.planfile import Document

TEXT = """\
# a plan
notices:
  N1: {kind: navarea, covers: S1}   # first
  N2:
    kind: notam  # second
    covers: [S1,
             S2]

    # that was it
  N3: {}
weather:
  # calm
  - {start: b}
  # rough
  - start: a
    end: c   # until then

  - {start: d}
"""


def edited(*edits: Edit | Sorting, text: str = TEXT) -> str:
    return Document(text.encode()).edit(edits).content.decode()


def test_a_text_is_replaced_in_its_own_quotes() -> None:
    assert edited(Edit(("notices", "N1", "kind"), "coastal")) == TEXT.replace("navarea", "coastal")


def test_a_key_is_added_inside_the_braces_of_a_mapping_in_one_line() -> None:
    wanted = TEXT.replace("covers: S1}", "covers: S1, cancel: 2026-06-08T03:00Z}")
    assert edited(Edit(("notices", "N1", "cancel"), "2026-06-08T03:00Z")) == wanted


def test_a_key_is_added_to_empty_braces() -> None:
    assert edited(Edit(("notices", "N3", "kind"), "notam")) == TEXT.replace("N3: {}", "N3: {kind: notam}")


def test_a_key_is_added_on_a_line_of_its_own_after_the_last_of_a_block() -> None:
    wanted = TEXT.replace("             S2]\n", "             S2]\n    cancel: 2026-06-08T03:00Z\n")
    assert edited(Edit(("notices", "N2", "cancel"), "2026-06-08T03:00Z")) == wanted


def test_a_list_is_sorted_with_the_comments_above_its_entries() -> None:
    assert edited(Sorting(("weather",), (1, 0, 2))).partition("weather:\n")[2] == (
        "  # rough\n  - start: a\n    end: c   # until then\n  # calm\n  - {start: b}\n\n  - {start: d}\n"
    )


def test_a_list_in_one_line_is_sorted() -> None:
    assert edited(Sorting(("notices", "N2", "covers"), (1, 0))).count("[S2,\n             S1]") == 1


@pytest.mark.parametrize(
    "text",
    [
        "w: [b, # the second\n    a]\n",
        "w: [ # all of them\n    b, a]\n",
        "w: [b, a # the first\n   ]\n",
        "w:\n  - b\n     # of b\n  - a\n",
        "w:\n  - b\n  - a\n      # of a\n",
        "w:\n  - b\n# of the left\n  - a\n",
        "w:\n  - b\r\n  - a\r\n    # of a\r\n",
    ],
)
def test_a_list_is_not_sorted_where_a_comment_would_stay_behind(text: str) -> None:
    with pytest.raises(KeyError):
        edited(Sorting(("w",), (1, 0)), text=text)


def test_a_dash_in_a_comment_begins_no_entry() -> None:
    text = "w:\n  -\n    # re-check - twice\n    start: b\n  - {start: a}   # well-known - a\n  - start: 0\n"
    assert edited(Sorting(("w",), (2, 1, 0)), text=text) == (
        "w:\n  - start: 0\n  - {start: a}   # well-known - a\n  -\n    # re-check - twice\n    start: b\n"
    )


def test_a_list_in_a_list_is_not_sorted_by_its_lines() -> None:
    with pytest.raises(KeyError):
        edited(Sorting(("w", "0"), (1, 0)), text="w:\n  - - b\n    - a\n  - c\n")


@st.composite
def _commented(draw: st.DrawFn) -> str:
    """A list of three, in lines or in brackets, with comments that say which entry they are about."""
    has = st.booleans()
    if draw(has):
        gaps = draw(st.lists(st.sampled_from(("", "# of {}\n  ", "\n  ")), min_size=3, max_size=3))
        return f"w: [{', '.join(f'e{k} {gap.format(k)}' for k, gap in enumerate(gaps))}]\n"
    lines = ["w:"]
    for number in range(3):
        lines += [""] * draw(st.integers(0, 1))
        lines += [f"  # above {number}"] * draw(st.integers(0, 2))
        lines += [f"  - e{number}" + draw(st.sampled_from(("", f"   # of {number}")))]
        lines += draw(st.sampled_from(([], [], [f"      # below {number}"])))
    return "\n".join(lines) + "\n"


@given(_commented(), st.permutations(range(3)))
def test_no_comment_is_lost_or_comes_to_another_entry(text: str, order: tuple[int, ...]) -> None:
    try:
        there = edited(Sorting(("w",), tuple(order)), text=text)
    except KeyError:
        assert "# below" in text or "[" in text
        assert "#" in text
        return
    assert Counter(re.findall(r"#.*", there)) == Counter(re.findall(r"#.*", text))
    assert re.findall(r"e\d", there) == [f"e{number}" for number in order]
    assert all(match[1] == match[2] for match in re.finditer(r"e(\d) *# of (\d)", there))
    assert all(match[1] == match[2] for match in re.finditer(r"# above (\d)(?:\s*# above \d)*\n  - e(\d)", there))
    assert there.count("# above") == len(re.findall(r"# above \d(?=(?:\s*# above \d)*\n  - e)", there))


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_lines_end_as_the_others_do(ending: str) -> None:
    text = TEXT.replace("\n", ending)
    wanted = edited(Edit(("notices", "N2", "cancel"), "x"), Sorting(("weather",), (2, 1, 0))).replace("\n", ending)
    assert edited(Edit(("notices", "N2", "cancel"), "x"), Sorting(("weather",), (2, 1, 0)), text=text) == wanted


def test_a_last_line_without_a_break_gets_the_key_after_it() -> None:
    assert edited(Edit(("a", "c"), "2"), text="a:\n  b: 1") == "a:\n  b: 1\n  c: 2"


@pytest.mark.parametrize(
    "edit",
    [
        Edit(("notices", "N9", "kind"), "x"),
        Edit(("notices", "N1"), "x"),
        Edit((), "x"),
        Sorting(("weather",), (0, 1)),
        Sorting(("notices",), (0, 1, 2)),
    ],
)
def test_an_edit_that_leads_nowhere_is_refused(edit: Edit | Sorting) -> None:
    with pytest.raises(KeyError):
        edited(edit)


def test_two_edits_of_one_text_are_refused() -> None:
    path = ("notices", "N1", "kind")
    with pytest.raises(ValueError, match="same text"):
        edited(Edit(path, "x"), Edit(path, "y"))


@given(st.permutations(range(3)), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_edits_are_read_back_and_what_is_sorted_twice_comes_back(order: tuple[int, ...], name: str) -> None:
    document = Document(TEXT.encode()).edit([Edit(("notices", "N1", "name"), name)])
    assert document.value("notices.N1.name") == name
    there = document.edit([Sorting(("weather",), tuple(order))])
    back = tuple(order.index(number) for number in range(3))
    assert there.edit([Sorting(("weather",), back)]).content == document.content
