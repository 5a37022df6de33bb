"""Organisations: who runs the things people can do."""
