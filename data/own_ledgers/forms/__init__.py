"""Forms, lists and units: what reading an own ledger needs besides the file."""
