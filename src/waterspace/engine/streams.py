"""Random streams, each named after its owner, so that adding one owner never changes another's luck."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.random.bit_generator import ISeedSequence

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

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
            digest = hashlib.sha256(f"{self.seed}\x1f{name}".encode()).digest()
            key = cast("np.random.SeedSequence", _Key(digest[:16]))
            stream = self._streams[name] = np.random.Generator(np.random.Philox(key))
        return stream


class _Key(ISeedSequence):
    """A key of 128 bits, most significant byte first, handed to the generator as it is.

    The same as `Philox(key=...)`, which asks the machine for entropy first and then makes no use of it.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def generate_state(self, n_words: int, dtype: DTypeLike = np.uint64) -> NDArray[np.uint64]:
        """The words of the key, least significant first."""
        words = np.frombuffer(self._key, dtype=">u8")[::-1]
        assert n_words == words.size
        return words.astype(dtype)
