"""What a user lays over the chart: traffic lanes, flight information regions and areas from GeoJSON."""

__all__ = ["firs", "geojson", "lanes", "user_areas"]
