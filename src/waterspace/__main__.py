"""Lets `python -m waterspace` do what the command `waterspace` does."""

from waterspace.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
