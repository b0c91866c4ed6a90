"""Which postings announce one event: blocking keys, candidate pairs, constraints, scores, clusters (record linkage)."""
