"""Adds this release's bytes of every record to the golden files: `python -m tests.compatibility.add`, once the version is raised.

What is there is never written again: readers of those bytes are out there, and so are the bytes.
"""

import tomllib
from pathlib import Path

from tests.compatibility.samples import samples

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"


def version() -> str:
    """Return the version of this release."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def add(golden: Path, release: str) -> list[Path]:
    """Write what is missing of a release, and return it."""
    added = []
    for sample in samples():
        path = golden / sample.topic / release / sample.file_name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sample.value)
            added.append(path)
    return added


def main() -> None:
    """Add, and say what was added."""
    for path in add(GOLDEN, version()):
        print(f"added {path.relative_to(GOLDEN)}")


if __name__ == "__main__":
    main()
