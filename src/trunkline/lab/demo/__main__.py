"""`python -m trunkline.lab.demo FOLDER`: run the demo, print what was proved; exit code 1 if a proof failed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from trunkline.console import out
from trunkline.errors import TrunklineError
from trunkline.lab.branch import Branch
from trunkline.lab.demo.proof import Proof, print_table, save
from trunkline.lab.demo.story import Story, chapters

_ESTATE = Path(__file__).resolve().parents[4] / "inventories" / "lab"


def main(folder: Path) -> int:
    """Run the demo in `folder`."""
    started = time.monotonic()

    def tell(text: str) -> None:
        out().print(f"[{time.monotonic() - started:5.1f} s] {text}", style="dim", markup=False)

    proofs: list[Proof] = []
    tell("starting a Cisco router and an Arista switch as a customer left them")
    try:
        with Branch(_ESTATE, folder) as branch:
            for proof in chapters(Story(branch, tell)):
                proofs.append(proof)
                save(proofs, folder / "proof.json")
    except TrunklineError as error:
        out().print(str(error), style="red", markup=False)
        return 1
    out().print()
    print_table(out(), proofs)
    seconds = time.monotonic() - started
    out().print(f"\n{len(proofs)} proofs in {seconds:.0f} s; {folder}/proof.json, commands and answers in "
                f"{folder}/commands.log", markup=False)  # fmt: skip
    return 1 if any(proof.passed is False for proof in proofs) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/demo")))
