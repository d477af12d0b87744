"""Personal data are noticed before a request leaves for an outside endpoint: told, masked, or kept back."""
