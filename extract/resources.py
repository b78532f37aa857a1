"""Where the files that come with the program lie, in a checkout and in an installed wheel."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml import SafeLoader
else:
    try:  # libyaml's is some ten times as fast; not every PyYAML came with it
        from yaml import CSafeLoader as SafeLoader
    except ImportError:
        from yaml import SafeLoader

__all__ = ["SafeLoader", "patterns_dir"]

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
