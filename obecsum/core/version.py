"""The version of obecsum; its only home."""

__version__ = "0.1.0"
