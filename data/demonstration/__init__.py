"""The demonstration district: placeholder units with three years of plausible history.

It is written as the workbooks that a district would send, and imported like any others.
"""

from data.demonstration.filling import fill, workbook
from data.demonstration.size import Size

__all__ = ["Size", "fill", "workbook"]
