"""`waterspace lsp` without what it needs: it says what to install."""

from __future__ import annotations

import subprocess
import sys

WITHOUT = """
import sys
from importlib import util
find = util.find_spec
util.find_spec = lambda name, package=None: None if name == "pygls" else find(name, package)
sys.argv = ["waterspace", "lsp", "--stdio"]
from waterspace.cli import main
main()
"""


def test_without_the_extra_it_says_what_to_install_and_exits_2() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'pip install "waterspace[lsp]"' in done.stderr
    assert done.stdout == ""
