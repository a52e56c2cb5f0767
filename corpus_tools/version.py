"""The version, and nothing else: read by the build and by `corpus-tools --version`."""

__version__ = "0.1.0"
