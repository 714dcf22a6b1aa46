"""The configuration lines of EOS, one module per area; `grammar.py` puts them in the box's order."""
