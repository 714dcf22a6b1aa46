"""Virtual devices: servers that speak a vendor's management protocol and keep state as the vendor's box does.

Each platform is a package in this folder that offers `Box` and `serve`; `serve.py` finds it by its name.
The grammars come from the vendors' documents, never from our own templates or statement tables.
"""
