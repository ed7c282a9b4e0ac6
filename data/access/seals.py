"""Encrypt secrets that must be read again, so that the database alone does not disclose them."""

from cryptography.fernet import Fernet, InvalidToken


class Seal:
    """Encrypts and decrypts secrets with a key kept beside the settings, not in the database."""

    def __init__(self, key: bytes) -> None:
        """Raises `ValueError` for a malformed key; `new_key` makes one."""
        self._fernet = Fernet(key)

    def closed(self, secret: str) -> str:
        """`secret`, encrypted for storage."""
        return self._fernet.encrypt(secret.encode()).decode()

    def opened(self, kept: str) -> str | None:
        """The decrypted secret; None when it was encrypted with another key or altered since."""
        try:
            return self._fernet.decrypt(kept.encode()).decode()
        except InvalidToken:
            return None


def new_key() -> bytes:
    """A new random key."""
    return Fernet.generate_key()
