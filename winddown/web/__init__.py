"""The page: a phone's view of tonight, the diary and the trends. It knows only what is published, and only asks.

Nothing here is loaded unless the configuration has `web:`; what it needs besides winddown is the extra `web`.
"""
