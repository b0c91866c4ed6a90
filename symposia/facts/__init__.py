"""What a text states about an event: its kind, how to attend, what it costs and earns, whom it is for, deadlines.

Each fact has a module of its own, which returns the value with the words that state it, or nothing where none do.
The word lists are data, in words.toml.
"""

from symposia.facts.event_facts import Facts, read_facts

__all__ = ["Facts", "read_facts"]
