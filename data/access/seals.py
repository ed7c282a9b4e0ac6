"""Secrets that must be read again, kept so that the database alone does not give them away."""

from cryptography.fernet import Fernet, InvalidToken


class Seal:
    """Closes and opens secrets with a key that lies beside the settings, not in the database."""

    def __init__(self, key: bytes) -> None:
        """`ValueError` for a key that is none; `new_key` makes one."""
        self._fernet = Fernet(key)

    def closed(self, secret: str) -> str:
        """What may be kept of `secret`."""
        return self._fernet.encrypt(secret.encode()).decode()

    def opened(self, kept: str) -> str | None:
        """The secret again; None when it was closed with another key or changed since."""
        try:
            return self._fernet.decrypt(kept.encode()).decode()
        except InvalidToken:
            return None


def new_key() -> bytes:
    """A random key."""
    return Fernet.generate_key()
