"""Own ledgers (自有台账): files in the layout an office keeps, read by forms into stated rows."""
