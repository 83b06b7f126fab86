"""What the trusted job makes of a stranger's artifact; needs Python alone."""
