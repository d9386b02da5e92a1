"""Planted bugs: each is put into the engine, one at a time, and must be caught by the promises. See `bugs.py`."""
