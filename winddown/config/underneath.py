"""What the source says of each key, underneath its field: for the schema of editors alone. It changes no model."""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise

from pydantic import BaseModel


def said_underneath(section: type[BaseModel]) -> dict[str, str]:
    """The text underneath each field of a section, those that it inherits too, by the field's name."""
    found: dict[str, str] = {}
    for one in reversed(section.__mro__):
        if issubclass(one, BaseModel) and one is not BaseModel:
            found |= _said_in(one)
    return found


def _said_in(section: type[BaseModel]) -> dict[str, str]:
    [written] = ast.parse(inspect.getsource(section)).body
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(written.body if isinstance(written, ast.ClassDef) else ())
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }
