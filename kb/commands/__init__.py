"""The command `kb`: arguments in, exit code out. A module a command; `main` has the table of them."""
