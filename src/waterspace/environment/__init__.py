"""The world around an exercise: coast, sun, ports and airfields, and the library of classes.

Import what is needed from the modules; each reads its packaged data on first use.
"""

__all__ = ["classes", "coast", "places", "sun"]
