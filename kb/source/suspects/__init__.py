"""What a line that cannot be read may have been meant to be, each suspicion a function."""
