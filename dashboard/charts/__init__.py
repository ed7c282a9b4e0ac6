"""Charts as pure functions that return Altair specifications. No database, no Streamlit, no
translation.

A chart is a function `(texts, look, **options)` in the module of its subject. Its docstring lists
the columns it reads and the texts it needs. Rows come in the order they are drawn, unless it says
that it sorts. Closed sets come as codes, with their words among the texts; names from ledgers and
lists come as they are shown. Shares are 0 to 1, dates are dates, and a written figure (`text`) is
made by the caller, who knows how it is cut. Where a chart can be clicked, it chooses by the column
`code`. `spec` turns a chart into a dictionary without data.
"""

from dashboard.charts.look import Look
from dashboard.charts.specs import CHOICE, Spec, Texts, spec

__all__ = ["CHOICE", "Look", "Spec", "Texts", "spec"]
