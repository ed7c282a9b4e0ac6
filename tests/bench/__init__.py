"""What the dashboard costs, in multiples of an empty page; `make bench` prints it."""
