"""Where the files that come with the program lie, in a checkout and in an installed wheel."""

from pathlib import Path

import yaml

#: Reads YAML without making objects; libyaml's own where it came with PyYAML, ten times as fast.
SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_PACKAGE = Path(__file__).resolve().parent


def patterns_dir() -> Path:
    """Return the folder of rule files: the wheel's own copy, or the checkout's `patterns/`.

    Raises FileNotFoundError where neither exists, which means a broken installation.
    """
    for folder in (_PACKAGE / "_patterns", _PACKAGE.parent / "patterns"):
        if folder.is_dir():
            return folder
    message = "the rule files (patterns/) did not come with this installation of extract"
    raise FileNotFoundError(message)
