"""How Alembic runs the migrations: on the connection that is handed in, inside its transaction."""

from alembic import context

from otpstream.control.store import tables

context.configure(
    connection=context.config.attributes["connection"], target_metadata=tables.metadata, render_as_batch=True
)
context.run_migrations()
