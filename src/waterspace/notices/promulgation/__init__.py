"""The promulgation plan: what is handed in, to whom, by when, and when it is cancelled."""

__all__: list[str] = []
