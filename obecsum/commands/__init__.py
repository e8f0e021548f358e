"""The commands, a module for each group: they parse, call, show, and say which exit code."""
