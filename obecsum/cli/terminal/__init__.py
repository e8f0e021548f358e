"""What the command shows: results, messages, progress bars, help pages, JSON logs.

Goes in: results and texts of feeds. Comes out: text that a terminal only shows.
"""
