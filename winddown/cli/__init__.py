"""The command line: `verbs.py` understands it, `house.py` is the daemon that it starts. This file loads nothing."""
