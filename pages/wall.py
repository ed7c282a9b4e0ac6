"""The wall screen of a meeting."""

from dashboard.components import wall

wall.page()
