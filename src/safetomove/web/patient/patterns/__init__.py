"""Patterns: a part of the person’s own pages."""
