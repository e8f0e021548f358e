"""One job on disk: what it was asked, how far it is, and the phases that it goes through.

``record`` says what makes two jobs the same, ``folder`` is where one works and how its files appear together, ``store``
holds what a phase leaves for the next; ``reading``, ``cutting``, ``comparing`` and ``writing`` are the phases.
"""
