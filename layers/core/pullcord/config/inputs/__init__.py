"""Headers of texts (`spec:`), the values of their inputs, and interpolation of those values."""
