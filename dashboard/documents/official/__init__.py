"""What briefings and letters have in common: the page of an official document by GB/T 9704, and
how a file is refused in which a figure is not what the data says."""
