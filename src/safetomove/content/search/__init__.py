"""Search over lessons, movements, answers and pages; a danger question meets its card first."""

from safetomove.content.search.entries import Entry, Kind
from safetomove.content.search.finder import Found, find, related

__all__ = ["Entry", "Found", "Kind", "find", "related"]
