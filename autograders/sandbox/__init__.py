"""Sealed execution of learners' code, and the seal around learners' servers.

`executor.Executor` runs a submission's cells; `seal.sealed_command` wraps a server's command.
"""
