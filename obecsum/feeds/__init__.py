"""Feeds as they come, read and written.

Goes in: a path, a folder or a stream. Comes out: releases, one at a time, and what could not be read with its reason.
"""
