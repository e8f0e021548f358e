"""What a job has on disk while it works.

Goes in: what one phase leaves. Comes out: the same for the next phase, also after a kill.
"""
