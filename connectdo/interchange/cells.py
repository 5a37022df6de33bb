"""Values as cells of a CSV file that no spreadsheet runs as formulas, and back."""

import json
from collections.abc import Mapping
from typing import Any

# What a spreadsheet takes for the beginning of a formula, in full-width forms too.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
# A little more than the longest field may hold: what is cut is still too long when it returns.
LONGEST_CELL = 20_100


def as_cell(value: object) -> str:
    """A value as a cell: lists and objects as JSON, an apostrophe before what looks a formula."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text[:LONGEST_CELL].encode("utf-8", "replace").decode().replace("\0", "")
    return f"'{text}" if _looks_a_formula(text) else text


def from_cell(cell: str) -> str:
    """A cell without the apostrophe that kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and _looks_a_formula(cell) else cell


def _looks_a_formula(text: str) -> bool:
    """Whatever apostrophes stand before it, so that each cell comes back as it was."""
    return text.lstrip("'").startswith(FORMULA_STARTS)


def from_cells(row: Mapping[str, str]) -> dict[str, Any]:
    """The filled cells of a row, lists and objects in them read again."""
    return {name: _read_again(cell) for name, cell in row.items() if cell.strip()}


def _read_again(cell: str) -> Any:
    if not cell.startswith(("[", "{")):
        return cell
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return cell
