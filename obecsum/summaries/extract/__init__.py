"""Summaries of a release's own words: in goes its text, out come passages of it, each compressed by deletion alone.

:mod:`~.plan` is what others call. :mod:`~.reading` finds the text of a release, :mod:`~.units` its sentences and how
telling each is, :mod:`~.sentence` the parts of one, :mod:`~.clause` what can be left out of it, :mod:`~.frame` who did
what, when and where.
"""
