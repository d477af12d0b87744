"""Stands in a sealed environment in the place of a package that is not for learners."""

raise ImportError("this package is not part of a sealed environment")
