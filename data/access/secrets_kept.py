"""What is kept of a secret that a browser holds: its hash."""

import hashlib


def hashed(secret: str) -> str:
    """The SHA-256 of a random secret, which is too long to be guessed, in hexadecimal."""
    # What is sent may hold what no text holds.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
