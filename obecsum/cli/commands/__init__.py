"""A module for each command: they parse, call, show, and say which exit code.

Goes in: arguments. Comes out: what the command prints and writes.
"""
