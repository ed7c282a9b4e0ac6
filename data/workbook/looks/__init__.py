"""How rows look: their colours, and whether they are struck through."""
