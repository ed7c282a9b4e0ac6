"""Read and write workbooks: one sheet per ledger, every fault named by sheet, row and column."""
