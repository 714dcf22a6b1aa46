"""One module a section: each derives what a box must say in it, or None where it has nothing to say."""
