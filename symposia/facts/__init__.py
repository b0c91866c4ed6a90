"""What a text says of an event: its kind, how one attends, what it costs and earns, whom it is for, until when to register.

Each fact is read by a module of its own, which returns the value and the words that say so, and nothing where nothing is said.
The word lists are data, in words.toml.
"""

from symposia.facts.event_facts import Facts, read_facts

__all__ = ["Facts", "read_facts"]
