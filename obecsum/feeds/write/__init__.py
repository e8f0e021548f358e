"""A module for each format that can be written.

Goes in: rows (JSON objects) in a file. Comes out: the same as JSON Lines, CSV, Parquet or RSS, whole or not at all.
"""
