"""Vectors of releases: the models, their kernel, and how they are called.

Goes in: texts. Comes out: unit vectors (float32), or how well the pieces of two texts answer each other.
"""

from __future__ import annotations

from obecsum.embeddings.embedder import DEFAULT_EMBEDDINGS, Embedder

__all__ = ["DEFAULT_EMBEDDINGS", "Embedder"]
