"""`python -m tests.expected`: rewrite what the repository holds, and drop what is rendered no more."""

from __future__ import annotations

from tests.expected import ESTATES, FOLDER, rendered, written


def main() -> None:
    """Bring tests/expected up to date; read the diff before you commit it."""
    for estate in ESTATES:
        wanted = rendered(estate)
        for path in written(estate).keys() - wanted.keys():
            (FOLDER / path).unlink()
        for path, text in wanted.items():
            (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
            (FOLDER / path).write_text(text, encoding="utf-8")
        print(f"{estate}: {len(wanted)} sections")


if __name__ == "__main__":
    main()
