"""What a user lays over the chart: traffic lanes, flight information regions, areas and more from GeoJSON."""

__all__ = [
    "air_routes",
    "area_windows",
    "density",
    "firs",
    "geojson",
    "hospitals",
    "json_text",
    "lanes",
    "user_areas",
]
