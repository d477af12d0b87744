"""The words of numbers, units and abbreviations."""
