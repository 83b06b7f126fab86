"""What comes from and goes to a forge."""
