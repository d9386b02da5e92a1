"""An evening before it comes: the week ahead, the evening as a table, the evening as a picture. It sends nothing.

Nothing is computed a second time here: the daemon's own engine plays the evening on lamps of paper. Each file is
imported by itself: whoever only asks when the next evening is loads no engine.
"""
