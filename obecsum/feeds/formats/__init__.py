"""A module for each format that can be read.

Goes in: an open source. Comes out: entries: a record or what is quarantined.
"""
