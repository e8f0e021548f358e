"""From bytes to records: compression, encodings, limits, and which field is what.

Goes in: a file or stream. Comes out: decoded lines or whole texts within limits, and records with named fields.
"""
