"""What crosses a topic or a wire: frozen events, the map of topics, CloudEvents headers. Pure: no I/O, no client library.

Start with :mod:`schemas.topics`: every topic in the order in which the data flows.
"""
