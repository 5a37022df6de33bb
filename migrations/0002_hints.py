"""Words that hint at an interest."""

import csv

import sqlalchemy as sa
from alembic import op

from connectdo.listings.queries import TREE

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    hints = sa.Column("hints", sa.JSON(), nullable=False, server_default="[]")
    op.add_column("interest", hints)
    table = sa.table("interest", sa.column("slug", sa.String), sa.column("hints", sa.JSON()))
    with TREE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = [word.strip() for word in row["hints"].split(";") if word.strip()]
            op.execute(table.update().where(table.c.slug == row["slug"]).values(hints=words))


def downgrade() -> None:
    op.drop_column("interest", "hints")
