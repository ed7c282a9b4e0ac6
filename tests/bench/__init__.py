"""Measure the cost of screens in multiples of an empty page; `make bench` prints it."""
