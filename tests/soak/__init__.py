"""What takes too long for every change: the real daemon, killed, flooded and cut off for minutes. `make soak`."""
