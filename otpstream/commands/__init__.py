"""The commands of the command line, one module a group; :mod:`otpstream.cli` puts them together.

Stages are imported where they are run: a command that only prints starts at once.
"""
