"""Geometry on the WGS-84 ellipsoid: geodesics, legs in time, footprints, and where they meet.

What others need stands in `geodesic`, `legs`, `footprints`, `meeting` and `intercept`. Shapely is imported by the first
call that compares or draws shapes, so that tracks alone never pay for it.
"""

__all__ = ["footprints", "geodesic", "intercept", "legs", "meeting"]
