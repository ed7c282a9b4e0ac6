"""What is shipped for production: install script, units, libraries."""
