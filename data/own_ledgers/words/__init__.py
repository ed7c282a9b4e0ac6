"""Words of an office as values: days, limits, money, states, units, and the rows they make."""
