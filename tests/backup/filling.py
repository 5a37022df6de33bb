"""Rows in every table there is, whatever it is about."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Time,
    Uuid,
    insert,
    select,
)

from connectdo.db import Base, db

ROWS = 3
# Far from the ids of what is there at first.
FIRST = 9_001
WORDS = "Ýmir's “café” \t\n \\N naïve, 100% 東京 "
# Has one row, which is there.
SINGLE = {"search_state", "audit_head"}


def fill() -> None:
    """Puts some rows into every table, those first that others point at. Commits."""
    for table in Base.metadata.sorted_tables:
        if table.name not in SINGLE:
            db.session.execute(
                insert(table), [row(table, number) for number in range(FIRST, FIRST + ROWS)]
            )
    db.session.commit()


def row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: value(column, number) for column in table.columns}


def value(column: Column[Any], number: int) -> Any:
    if column.foreign_keys:
        (key,) = column.foreign_keys
        if key.column.table.name in SINGLE:
            return 1
        return value(key.column, number)
    if column.nullable and number % ROWS == 0:
        return None
    kinds: dict[type, Any] = {
        Boolean: number % 2 == 0,
        Integer: number,
        Float: number / 7,
        DateTime: datetime(2026, 10, 25, 0, 59, 59, 123456) + timedelta(days=number),
        Date: date(2026, 2, 28) + timedelta(days=number),
        Time: time(23, number % 60),
        JSON: {"words": [WORDS, number, None, True]},
        LargeBinary: bytes(range(256)) + bytes([number % 256]),
        Uuid: UUID(int=number),
    }
    if isinstance(column.type, String):
        return f"{number} {column.name} {WORDS}"[: column.type.length]
    return next(made for kind, made in kinds.items() if isinstance(column.type, kind))


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in the order of their keys."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted(
                (tuple(each) for each in connection.execute(select(table))), key=repr
            )
            for table in Base.metadata.sorted_tables
        }
