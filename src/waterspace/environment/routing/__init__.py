"""Sea routes: the network of sea ways, the reach of ends to it, and what a passage must keep clear of."""

__all__ = ["canals", "routes", "seaways"]
