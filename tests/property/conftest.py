"""Property tests run without a time limit an example: the first one compiles or imports, and machines are shared."""

from hypothesis import settings

settings.register_profile("obecsum", deadline=None)
settings.load_profile("obecsum")
