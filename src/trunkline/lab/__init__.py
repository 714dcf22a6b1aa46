"""The lab: virtual devices and networks to try a change on before it meets a real site."""
