"""Storage and reading: database, imports, facts, figures. Nothing here imports Streamlit."""
