"""What comes from and goes to a forge: bodies of issue forms, comments, labels, releases. Pure."""
