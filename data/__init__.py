"""Where it is kept and how it is read: database, workbooks, facts, figures. Knows no Streamlit."""
