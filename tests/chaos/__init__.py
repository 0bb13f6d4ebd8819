"""Kill workers and brokers under load on a real Kafka, and count what was lost, doubled or out of order: `python -m tests.chaos`.

Read `traffic` for what is sent, `faults` for what is done to the workers and brokers, `ledger` for what counts as right, and `run` for how
they come together.
"""
