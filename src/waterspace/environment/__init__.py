"""The world around an exercise: shores and depths, maritime limits, sun and weather, sea routes, ports and classes.

Import what is needed from the modules; each reads its packaged data on first use. `surroundings` puts together what
an exercise file brings; `whereabouts` says all that is known of a point.
"""

__all__ = ["classes", "magnetism", "places", "straits", "surroundings", "whereabouts"]
