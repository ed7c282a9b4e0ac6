"""Runs too long for every change; each is started by hand and prints its counts."""
