"""The parts of screens: each takes what the viewer asks to see, draws it, and leads on from it.

Here readings become rows of charts and tables; what is read and how it is added up is decided in
`data`, how a chart looks in `dashboard.charts`.
"""
