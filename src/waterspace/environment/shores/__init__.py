"""Shores: the coast as lines and polygons, land and nearest land, distances from a field."""

__all__ = ["coast", "contours", "cutting", "field", "hires", "shoreline", "shoretree"]
