"""Illustrations and posters drawn by code with Pillow.

Modules here import each other relatively and nothing else of the project: they run in a process of their own
(`media.child`), which is to start in a tenth of a second.
"""
