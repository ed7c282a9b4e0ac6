"""The frame of every page: title, controls, account menu, and the view in the address."""
