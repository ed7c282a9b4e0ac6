"""What stands between the network and Streamlit: who may connect, send files and fetch files."""
