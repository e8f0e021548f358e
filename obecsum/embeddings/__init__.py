"""Vectors of releases: the model, its kernel, and how it is called."""

from __future__ import annotations

from obecsum.embeddings.embedder import DEFAULT_EMBEDDINGS, Embedder, check_vectors

__all__ = ["DEFAULT_EMBEDDINGS", "Embedder", "check_vectors"]
