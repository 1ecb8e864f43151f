"""What is to be written into many old rows: left to a job, which does it in portions while others write."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

_left = sa.table("back_fills", sa.column("name", sa.Text), sa.column("upto", sa.BigInteger))


def leave_to_job(name: str, table: str) -> None:
    """Have the job do what `bot.store.repositories.back_fills` knows by this name, where the table has any row.

    Until it is done the code must do with rows in which nothing is written yet: read them as if it were, or pass
    them over without harm.
    """
    if op.get_bind().scalar(sa.select(sa.exists().select_from(sa.table(table)))):
        op.execute(sa.insert(_left).values(name=name, upto=0))
