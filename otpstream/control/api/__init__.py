"""The control plane over HTTP: `/v1`, OpenAPI 3.1, every error a problem (RFC 9457)."""
