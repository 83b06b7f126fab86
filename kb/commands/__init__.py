"""The command `kb`: arguments in, exit code out.

Each command has a module; `main` has the table of them.
"""
