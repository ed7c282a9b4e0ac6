<%!
def plain(body):
    """The body without the generator's remarks."""
    lines = (body or "pass").splitlines()
    return "\n".join(line for line in lines if "###" not in line).strip()
%>"""${message.capitalize()}."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades | plain}


def downgrade() -> None:
    ${downgrades | plain}
