"""The wall screen of a meeting."""

from dashboard.wall import screen

screen.wall_page()
