"""Hash the secrets that browsers hold; only the hash is stored."""

import hashlib


def hashed(secret: str) -> str:
    """The SHA-256 of a random secret in hexadecimal; random secrets need no slow hash."""
    # A cookie may contain lone surrogates, which plain UTF-8 refuses.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
