"""Stated rows compared with what is stored, as rows to enter."""
