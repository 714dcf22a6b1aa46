"""The virtual device eos: an Arista CCS-720XP-24ZY4 PoE switch that speaks eAPI over HTTPS."""

from trunkline.lab.vendors.eos.box import Box
from trunkline.lab.vendors.eos.eapi import serve

__all__ = ["Box", "serve"]
