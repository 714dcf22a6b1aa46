"""From two texts to a plan: parse, own, remediate, weigh, write down, apply, and find drift."""
