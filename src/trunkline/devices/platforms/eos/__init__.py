"""Arista EOS: configuration sessions over eAPI."""
