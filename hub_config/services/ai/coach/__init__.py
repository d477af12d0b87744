"""The coach beside each exercise: it asks back and points to the step, and hands no answer out."""
