"""What a job tells about itself.

Goes in: its figures and samples. Comes out: report.json and report.html.
"""
