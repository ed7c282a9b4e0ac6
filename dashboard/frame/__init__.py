"""The frame of every page: title, controls, account, and the view that the address asks for."""
