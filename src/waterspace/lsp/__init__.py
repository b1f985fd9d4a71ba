"""The language server: the linter inside an editor, with hovers, completion, references and fixes.

Everything but `server`, `answers`, `serving` and `spoken` works on texts and offsets and knows nothing of the protocol.
"""

__all__: list[str] = []
