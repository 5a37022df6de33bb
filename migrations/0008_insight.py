"""What was looked for and found, as sums by day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "looked_for",
        sa.Column("outcode", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=148), nullable=False),
        sa.Column("interests", sa.String(length=244), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("outcode", "day", "words", "interests", name=op.f("pk_looked_for")),
    )
    op.create_index(op.f("ix_looked_for_day"), "looked_for", ["day"], unique=False)
    op.create_table(
        "listing_count",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("shortlisted", sa.Integer(), nullable=False),
        _of_a_listing("listing_count"),
        sa.PrimaryKeyConstraint("listing_id", "day", name=op.f("pk_listing_count")),
    )
    op.create_index(op.f("ix_listing_count_day"), "listing_count", ["day"], unique=False)
    op.create_table(
        "led_to",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=148), nullable=False),
        sa.Column("interests", sa.String(length=244), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        _of_a_listing("led_to"),
        sa.PrimaryKeyConstraint("listing_id", "day", "words", "interests", name=op.f("pk_led_to")),
    )
    op.create_index(op.f("ix_led_to_day"), "led_to", ["day"], unique=False)


def downgrade() -> None:
    for table in ("led_to", "listing_count", "looked_for"):
        op.drop_index(op.f(f"ix_{table}_day"), table_name=table)
        op.drop_table(table)


def _of_a_listing(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["listing_id"],
        ["listing.id"],
        name=op.f(f"fk_{table}_listing_id_listing"),
        ondelete="CASCADE",
    )
