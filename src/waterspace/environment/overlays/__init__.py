"""What a user lays over the chart: traffic lanes, flight information regions and areas from GeoJSON."""

__all__ = ["area_windows", "firs", "geojson", "json_text", "lanes", "user_areas"]
