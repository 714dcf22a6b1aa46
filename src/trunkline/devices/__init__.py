"""How boxes are reached, read and changed, and what the lines of their configuration mean."""
