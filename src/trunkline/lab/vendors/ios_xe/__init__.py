"""The virtual `ios_xe`: a C1111-8P router with IOS XE 17, over SSH and SCP."""

from trunkline.lab.vendors.ios_xe.box import Box
from trunkline.lab.vendors.ios_xe.ssh import serve

__all__ = ["Box", "serve"]
