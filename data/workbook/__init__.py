"""Workbooks in and out: one sheet a ledger, every fault named by sheet, row and column."""
