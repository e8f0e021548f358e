"""Releases about one event, in whatever words.

Goes in: releases. Comes out: stories, each release with the reason why it belongs. Nothing is removed.
"""
