"""The `symposia` command line: one module a command. It wires the rooms and holds no logic of its own."""
