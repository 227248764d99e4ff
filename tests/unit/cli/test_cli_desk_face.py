"""Promise of docs/adr/0007: what the command line asks of the desk is what the desk offers, parameter by parameter."""

from __future__ import annotations

import inspect

import pytest

from safehand.cli.desk_server import Server
from safehand.desk import server

ASKED = [name for name, value in vars(Server).items() if inspect.isfunction(value) and not name.startswith("_")]


def test_something_is_asked() -> None:
    assert {"run", "receive", "check"} <= set(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_the_desk_takes_what_the_command_line_gives(name: str) -> None:
    asked = [p for p in inspect.signature(getattr(Server, name)).parameters.values() if p.name != "self"]
    offered = inspect.signature(getattr(server, name)).parameters
    assert [p.name for p in asked if p.name not in offered] == []
    assert [p.name for p in asked if offered[p.name].kind is not p.kind] == []
    owed = [p.name for p in offered.values() if p.default is p.empty and p.name not in {a.name for a in asked}]
    assert owed == [], "the desk asks for something the command line does not give"
