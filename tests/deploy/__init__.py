"""Tests of what is shipped for production: install script, systemd units, libraries."""
