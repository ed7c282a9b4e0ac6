"""Storing and reading: the database, workbooks, facts, figures. Nothing here imports Streamlit."""
