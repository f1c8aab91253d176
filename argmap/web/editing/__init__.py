"""Editing in place: the tools that the panel offers, their forms, and what they do."""
