"""`make bench`: how fast, how exact and how small winddown is, measured on this machine. It asserts nothing."""
