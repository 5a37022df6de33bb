"""What is on clients' shortlists, where each thing has got to, and whom we told of news."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_of_news",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_told_of_news_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_told_of_news")),
    )
    op.create_table(
        "shortlist_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("why_not", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("private_note", sa.Text(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_shortlist_item_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_shortlist_item_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_item")),
        sa.UniqueConstraint(
            "client_id", "listing_id", name=op.f("uq_shortlist_item_client_id_listing_id")
        ),
    )
    op.create_index(
        op.f("ix_shortlist_item_listing_id"), "shortlist_item", ["listing_id"], unique=False
    )
    op.create_table(
        "shortlist_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_shortlist_step_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["shortlist_item.id"],
            name=op.f("fk_shortlist_step_item_id_shortlist_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_step")),
    )
    op.create_index(op.f("ix_shortlist_step_item_id"), "shortlist_step", ["item_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_shortlist_step_item_id"), table_name="shortlist_step")
    op.drop_table("shortlist_step")
    op.drop_index(op.f("ix_shortlist_item_listing_id"), table_name="shortlist_item")
    op.drop_table("shortlist_item")
    op.drop_table("told_of_news")
