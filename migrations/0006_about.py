"""What a ticket is about: the organisation it invites to, or the listing that somebody claims."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ticket", sa.Column("about", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("ticket", "about")
