"""Loads the scripts of ``packaging/``, which are run by path and belong to no package."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def load_script(name: str) -> ModuleType:
    """A fresh copy of one script as a module, so that a test may bend its paths."""
    module_name = f"packaging_script_{name}"
    spec = spec_from_file_location(module_name, ROOT / "packaging" / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules[module_name] = module  # dataclasses look their module up there
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[module_name]
    return module
