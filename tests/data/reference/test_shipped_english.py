"""The English of shipped lists reads as one hand wrote it."""

from data.reference.lists import shipped


def test_every_duty_is_an_imperative():
    for row in shipped().lists["duty_items"]:
        verb = row["name_en"].split()[0]
        assert verb.istitle() and not verb.endswith("s"), row["name_en"]
        # No longer than what charts have room for.
        assert len(row["name_en"]) <= 40, row["name_en"]
