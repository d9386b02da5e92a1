"""The house's mind: what is due, what lamps should show, what a press means. Pure: no clock, no I/O, no threads."""
