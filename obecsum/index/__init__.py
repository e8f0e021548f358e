"""What earlier jobs kept, on disk.

Goes in: releases. Comes out: which of them an earlier one makes superfluous, and how they relate to what was kept.
"""
