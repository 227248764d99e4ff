"""The court expert's verifier, as it is used: copied away from the repository, with nothing of ours in reach."""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import ModuleType

from repository import ROOT

VERIFIER = ROOT / "verifier" / "check_safehand.py"


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> tuple[int, str]:
    """Its exit code and its words, in ``folder``, by a Python without site packages."""
    shutil.copy(VERIFIER, folder / "check_safehand.py")
    command = [sys.executable, "-I", "-S", "-W", "error", "check_safehand.py", *arguments]
    ended = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=False)
    assert b"Traceback" not in ended.stderr
    return ended.returncode, (ended.stdout + ended.stderr).decode()


def loaded() -> ModuleType:
    """The same file in this process: for what is asked of it many times."""
    spec = importlib.util.spec_from_file_location("check_safehand", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(module: ModuleType, *arguments: str | Path) -> tuple[int, str]:
    """Its exit code and its words, in this process."""
    words = io.StringIO()
    with redirect_stdout(words), redirect_stderr(words):
        code: int = module.main([str(argument) for argument in arguments])
    return code, words.getvalue()
