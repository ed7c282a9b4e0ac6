"""Runs that take too long for every change: each is called by hand and prints its counts."""
