"""Which releases of a feed go, for which that stays.

Goes in: releases. Comes out: kept, removed (each with the one it goes for), the pairs compared, groups and series.
"""
