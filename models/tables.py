"""Import every module that declares a table, for code that needs all tables at once."""

from importlib import import_module
from pkgutil import iter_modules

import models

for _module in iter_modules(models.__path__):
    if not _module.ispkg:
        import_module(f"models.{_module.name}")
