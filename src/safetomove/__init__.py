"""Safe to Move: help to recover from persistent back pain."""

__version__ = "0.1.0"
