"""Whatever a file holds, it loads or lists its faults; nothing else ever happens."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plan_texts import FULL
from waterspace import planfile
from waterspace.errors import Fault, PlanFileError

CONTENT = FULL.encode()
SNIPPETS = [
    b"\t", b"\n", b"\r\n", b": ", b"- ", b"? ", b"#", b"{", b"}", b"[", b"]", b",", b"'", b'"', b"&a ", b"*a", b"!t ",
    b"<<: ", b"|", b">", b"%", b"@", b"`", b"---\n", b"...\n", b"~", b"null", b"\0", b"\xff", b"\xef\xbb\xbf",
    "\u2028".encode(), "\u0085".encode(), "演".encode(), b"\\u0000", b"9" * 400, b"type: gunnery", b"1N 1E",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The full text with pieces cut out, put in, doubled or moved."""
    content = CONTENT
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        put = draw(st.sampled_from(SNIPPETS) | st.binary(max_size=4) | st.just(content[start:end]))
        keep = draw(st.booleans())
        content = content[:start] + (content[start:end] if keep else b"") + put + content[end:]
    return content


def check(content: bytes) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        assert planfile.loads(content, "fuzz.yaml").source.content == content
    except PlanFileError as error:
        faults = error.faults
    for fault in faults:
        assert fault.message
        assert fault.column >= (1 if fault.line else 0)
        assert 0 <= fault.line <= len(content.splitlines()) + 1


@given(content=mutated())
def test_a_damaged_file_loads_or_lists_its_faults(content: bytes) -> None:
    check(content)


@given(content=st.binary(max_size=200))
def test_random_bytes_load_or_list_their_faults(content: bytes) -> None:
    check(content)


@given(text=st.text(st.sampled_from(":-?[]{},#&*!|>'\"%@` \n\tabc01"), max_size=60))
def test_random_yaml_loads_or_lists_its_faults(text: str) -> None:
    check(b"waterspace: 1\n" + text.encode())


@pytest.mark.deep
@settings(max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=mutated())
def test_many_damaged_files_load_or_list_their_faults(content: bytes) -> None:
    check(content)


@pytest.mark.deep
@settings(max_examples=20_000, deadline=None)
@given(text=st.text(st.sampled_from(":-?[]{},#&*!|>'\"%@`~ \n\r\tabc01é\\x"), max_size=120))
def test_much_random_yaml_loads_or_lists_its_faults(text: str) -> None:
    check(b"waterspace: 1\n" + text.encode())


@pytest.mark.deep
@settings(max_examples=5_000, deadline=None)
@given(content=st.binary(max_size=2000))
def test_many_random_bytes_load_or_list_their_faults(content: bytes) -> None:
    check(content)
