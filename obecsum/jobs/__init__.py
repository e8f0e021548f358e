"""The resumable batch job.

Goes in: feeds and options. Comes out: kept, removed and quarantined releases on disk, all files or none, and a report.
"""
