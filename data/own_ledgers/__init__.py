"""Own ledgers (自有台账): files in the shape an office keeps, read by forms into stated rows."""
