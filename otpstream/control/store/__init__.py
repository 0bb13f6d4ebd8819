"""What the control plane keeps in SQL: SQLite by default, PostgreSQL in production."""
