"""What every part uses and what knows none of them.

Goes in: nothing. Comes out: the release record, the names of choices, errors, ids, progress, JSON, where models lie.
"""
