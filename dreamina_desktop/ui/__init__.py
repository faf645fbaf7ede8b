"""QT: the window. Besides app.py the only place that knows Qt."""
