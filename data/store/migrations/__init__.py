"""The steps that bring a database up to date, in order; each says what it adds."""
