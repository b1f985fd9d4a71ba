"""Files: packaged data, the cache, and whether a file is whole."""

__all__ = ["axes", "cache", "packaged", "wholeness"]
