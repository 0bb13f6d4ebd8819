"""Composition: the CLI, the settings, the roles, the embedded broker and the sandbox. The only package that knows all stages."""
