"""What a job tells about itself.

Goes in: its figures and its files. Comes out: report.json and report.html.
"""
