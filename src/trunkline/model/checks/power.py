"""Power over Ethernet: what the phones' classes reserve against what a switch can give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from trunkline.model.finding import Finding
from trunkline.model.known import phone_models
from trunkline.model.site import Site
from trunkline.units import Milliwatts, format_power


def check_site(site: Site) -> Iterator[Finding]:
    """Check the budget of each box that feeds phones."""
    known = phone_models()
    needs = ("devices", "phones")
    for name, device in site.devices.items():
        models = Counter(
            phone.model
            for phone in site.phones
            if phone.port is not None and phone.port.device == name and phone.model in known
        )
        reserved = Milliwatts(sum(known[model].reserved * count for model, count in models.items()))
        if device.poe_budget is None:
            if reserved:
                what = f"poe_budget is missing, and {models.total()} phones are fed from here"
                yield Finding(("devices", name), what, "write the budget of its data sheet, poe_budget: 600W", needs)
        elif reserved > device.poe_budget:
            terms = (
                f"{count} x {format_power(known[model].reserved)} {model} (class {known[model].poe_class})"
                for model, count in sorted(models.items())
                if known[model].reserved
            )
            what = f"{' + '.join(terms)} = {format_power(reserved)} are more than {format_power(device.poe_budget)}"
            right = "move phones to another switch, or write the budget that it really has"
            yield Finding(("devices", name, "poe_budget"), what, right, needs)
