"""Options of the command, from arguments, a TOML file and the environment.

Goes in: where a value may be set. Comes out: the value, checked, and where it came from.
"""
