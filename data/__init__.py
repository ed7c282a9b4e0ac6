"""Storage and reading: database, imports, facts, figures, permissions. Nothing here uses
Streamlit."""
