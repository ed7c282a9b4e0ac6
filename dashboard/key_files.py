"""The key files beside the settings: for sealed secrets, and for signing the access log."""

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from dashboard import setting_origins
from data.access.seals import Seal, new_key
from data.store import log_keys, new_files
from data.store.log_keys import KeyFileError, LogKeys

LOG_ENDS_NAME = "access-log.ends"


def seal(environ: Mapping[str, str] = os.environ) -> Seal:
    """The encryption of secrets, with the key in the file named by the setting `key_file`.

    The first call makes the key, readable for its owner only.
    """
    return _seal(_file(setting_origins.KEY_FILE, environ))


def require_key(environ: Mapping[str, str] = os.environ) -> None:
    """Raise `SettingsError` where the key file is there and cannot be used."""
    if _file(setting_origins.KEY_FILE, environ).exists():
        seal(environ)


def _file(variable: str, environ: Mapping[str, str]) -> Path:
    """The path that a setting names."""
    (path,) = (each.text for each in setting_origins.origins(environ) if each.variable == variable)
    return Path(path).expanduser()


@lru_cache(maxsize=4)
def _seal(file: Path) -> Seal:
    try:
        if not file.exists():
            new_files.make_once(file, new_key())
        key = file.read_bytes().strip()
        if key:
            return Seal(key)
    except (OSError, ValueError) as error:
        raise setting_origins.SettingsError(
            f"The key in {file} cannot be used. Put back the one that was there, or name another"
            f" file with {setting_origins.KEY_FILE}."
        ) from error
    raise setting_origins.SettingsError(
        f"The key file {file} is empty, as earlier versions left it on a full disk. Put back the"
        " one that was there. If nobody has set up a second factor, delete it: a key is made then."
    )


def log_key_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The file with the keys that sign the access log."""
    return _file(setting_origins.LOG_KEY_FILE, environ)


def log_keys_in_use() -> LogKeys:
    """The keys that sign the access log; the first call makes one."""
    file = log_key_file()
    try:
        return log_keys.read(file)
    except (OSError, KeyFileError) as error:
        raise setting_origins.SettingsError(
            f"The keys of the access log in {file} cannot be used. Put back the file that was"
            f" there, or name another with {setting_origins.LOG_KEY_FILE}."
        ) from error


def log_ends_file() -> Path:
    """The file in which the ends of access logs are stored, beside the keys."""
    return log_key_file().with_name(LOG_ENDS_NAME)
