"""The control plane: rentals and verifications as commands, kept in SQL, told to Kafka through an outbox."""
