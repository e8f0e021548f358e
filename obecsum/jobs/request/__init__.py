"""What is asked of a job.

Goes in: options. Comes out: the same, checked before anything is read, and the releases that they choose.
"""
