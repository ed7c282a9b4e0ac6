"""The field's knowledge: pure functions that turn one unit's rows into facts.

No database, no today, no screen. `facts_of` in `models.rules.unit` calls all of them.
"""
