"""What there is: the ledgers, what is kept of them, and the rules that turn rows into facts."""
