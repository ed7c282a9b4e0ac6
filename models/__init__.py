"""The tables and the rules: ledgers, the tables beside them, and pure functions from rows to
facts."""
