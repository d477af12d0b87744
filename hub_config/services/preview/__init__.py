"""A lesson as learners will see it, on the writer's own machine: built anew at each save, no hub, nothing kept."""
