"""Where the codes go: start with :mod:`sinks.codes`, which reads them, and follow it into :mod:`sinks.webhooks`."""
