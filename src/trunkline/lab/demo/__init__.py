"""The demo: a branch of virtual devices, configured as a user does it, and what that proved."""
