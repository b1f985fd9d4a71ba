"""The command `waterspace`: one module for each command."""

from waterspace.cli.app import app, main

__all__ = ["app", "main"]
