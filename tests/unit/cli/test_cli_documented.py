"""Promises of docs/guides/command-line.md: every command, option and exit code stands in it, and nothing else does."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import safehand as safehand_package
from safehand import errors
from safehand.cli.main import COMMANDS, safehand

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "command-line.md").read_text(encoding="utf-8")
SECTIONS = dict(
    re.findall(r"^## safehand ([a-z -]+?)(?= [A-Z]|$)[^\n]*\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
)
HAS_A_CODE = re.compile(r'^    code\b[^\n]* = "', re.MULTILINE)
"""Only modules with a code of their own are loaded: the whole desk would take seconds."""
COMMON = {"--json", "--quiet", "-q", "--help", "-h"}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its words."""
    context = click.Context(safehand)
    for name in COMMANDS:
        command = safehand.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            for below in command.list_commands(click.Context(command)):
                yield f"{name} {below}", command.commands[below]
        else:
            yield name, command


ALL = dict(commands())


def options_of(command: click.Command) -> set[str]:
    """Every spelling of every option that is not hidden."""
    shown = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    return {spelling for option in shown for spelling in (*option.opts, *option.secondary_opts)}


@pytest.mark.parametrize("name", ALL)
def test_every_option_of_a_command_stands_in_its_section(name: str) -> None:
    named = set(re.findall(r"`(--?[a-z-]+)", SECTIONS[name]))
    assert options_of(ALL[name]) - COMMON == named - COMMON


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_json_quiet_and_an_example(name: str) -> None:
    assert {"--json", "--quiet", "-q"} <= options_of(ALL[name])
    assert f"safehand {name}" in (ALL[name].help or "")
    assert "safehand." in SECTIONS[name], "its JSON is named"


def test_every_section_is_a_command() -> None:
    assert set(SECTIONS) == set(ALL)


def test_every_exit_code_is_explained() -> None:
    table = dict(re.findall(r"^\| (\d+) \| ([^|]+) \|$", GUIDE, re.MULTILINE))
    kinds = [errors.SafehandError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert {str(kind.exit_code) for kind in kinds} <= set(table)
    assert {"0", "5", "130"} <= set(table)


def test_every_error_code_is_listed_and_no_other() -> None:
    for module in pkgutil.walk_packages(safehand_package.__path__, "safehand."):
        if HAS_A_CODE.search(source_of(module.name)):
            importlib.import_module(module.name)
    kinds = [errors.SafehandError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    codes = {kind.code for kind in kinds if kind.__module__.startswith("safehand.")} | {"stopped"}
    assert {"too_large", "case_not_ready", "not_recorded"} <= codes, "the desk's own are found"
    listed = re.search(r"`code` is one of (.*?)\. ", GUIDE, re.DOTALL)
    assert listed is not None
    assert sorted(re.findall(r"`(\w+)`", listed[1])) == sorted(codes)


def source_of(module: str) -> str:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_help_fits_a_page_and_names_no_tool_of_ours(name: str) -> None:
    help_ = ALL[name].get_help(click.Context(ALL[name], info_name=f"safehand {name}"))
    assert len(help_.splitlines()) < 50
