"""What is kept of earlier sheets of a sender: rows, days and answers."""
