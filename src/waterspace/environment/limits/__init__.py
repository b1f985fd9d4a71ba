"""Maritime limits as computed: baselines, zones and the states they lie off."""

__all__ = ["baselines", "breadths", "lakes", "zonelimits", "zones"]
