"""Random streams, each named after its owner, so that adding one owner never changes another's luck."""

from __future__ import annotations

import hashlib

import numpy as np

__all__ = ["Streams"]


class Streams:
    """Counter-based generators (Philox), keyed by seed and name.

    Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11, for the counter-based generator.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._streams: dict[str, np.random.Generator] = {}

    def get(self, name: str) -> np.random.Generator:
        """The stream of that name; the same object each time, so draws go on where they stopped."""
        stream = self._streams.get(name)
        if stream is None:
            key = hashlib.sha256(f"{self.seed}\x1f{name}".encode()).digest()[:16]
            stream = np.random.Generator(np.random.Philox(key=int.from_bytes(key, "big")))
            self._streams[name] = stream
        return stream
