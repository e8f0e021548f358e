"""The ``obecsum`` command.

Goes in: arguments, obecsum.toml, the environment. Comes out: calls of the library, messages, an exit code.
"""
