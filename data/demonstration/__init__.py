"""The demonstration district: placeholder units with three years of believable history.

It is written as the workbook that a district would send, and taken in like any other.
"""

from data.demonstration.filling import fill, workbook
from data.demonstration.size import Size

__all__ = ["Size", "fill", "workbook"]
