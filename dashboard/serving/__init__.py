"""The layer between the network and Streamlit: connections, sessions, uploads and downloads."""
