"""Cisco IOS XE: the command line over ssh, under the revert timer."""
