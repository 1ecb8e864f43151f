"""Runs the migrations on the connection that `bot.store.engine.migrate` brings."""

from alembic import context

from bot.store.schema.conventions import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
