"""The rules of the field: pure functions that turn the rows of one unit into facts.

They use no database, no current date and no screen. `models.rules.unit.facts_of` calls them all.
"""
