"""The link that a client takes home, and what they say there."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_list",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("item_ids", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_shared_list_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_shared_list_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_shared_list")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_shared_list_secret_hash")),
    )
    op.create_table(
        "shortlist_reply",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["shortlist_item.id"],
            name=op.f("fk_shortlist_reply_item_id_shortlist_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", "said", name=op.f("pk_shortlist_reply")),
    )


def downgrade() -> None:
    op.drop_table("shortlist_reply")
    op.drop_table("shared_list")
