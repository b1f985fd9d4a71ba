"""Files: packaged data, the cache, and whether a file can be opened and is whole."""

__all__ = ["axes", "cache", "opening", "packaged", "wholeness"]
