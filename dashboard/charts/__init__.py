"""Charts as pure functions that return Altair specifications, without database, Streamlit or
translation.

A chart is a function `(texts, look, **options)` in the module of its subject. Its docstring lists
the columns and texts it needs. Rows are drawn in the order given unless the docstring says that the
chart sorts. Closed sets are passed as codes, with their words among the texts; names from ledgers
and lists are passed as shown. Shares are 0 to 1 and dates are `date` objects. The caller formats
figures (`text`), as it knows how they are rounded. A chart that can be clicked selects rows by the
column `code`. `spec` turns a chart into a dictionary without data.
"""

from dashboard.charts.look import Look
from dashboard.charts.specs import CHOICE, Spec, Texts, spec

__all__ = ["CHOICE", "Look", "Spec", "Texts", "spec"]
