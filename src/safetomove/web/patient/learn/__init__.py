"""Make sense: a part of the person’s own pages."""
