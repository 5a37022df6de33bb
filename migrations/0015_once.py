"""What a device sends late is done once."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "done_once",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_done_once_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_done_once")),
    )
    op.create_index(op.f("ix_done_once_at"), "done_once", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_done_once_at"), table_name="done_once")
    op.drop_table("done_once")
