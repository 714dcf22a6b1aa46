"""Trunkline: voice sites as code."""

__version__ = "0.1.0"
