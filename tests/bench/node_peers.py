"""The peers that come from npm."""

import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


def install(folder):
    """The environment in which node finds them; None if npm cannot install them.

    Not by `npm ci`: it refuses the lock file because some builds of polars for other machines,
    which its package names, were never published. Versions and sums are those of the lock file."""
    if not shutil.which("npm"):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    done = subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"],
                          cwd=folder, check=False, capture_output=True)
    return None if done.returncode else dict(os.environ,
                                             NODE_PATH=str((folder / "node_modules").resolve()))
