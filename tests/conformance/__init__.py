"""What every provider's client has to do, asked of all of them through one harness, against the sandbox in virtual time."""
