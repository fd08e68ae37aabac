"""Which path is which wish: calls read by `wire`, granted by `usecases`, answered by `wire`. No rule and no effect here."""
