"""The tables and the rules: ledgers, what the database stores beside them, and pure functions from
ledger rows to facts."""
