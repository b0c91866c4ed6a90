"""What is compared of a posting: a module for each kind of feature, and the record of them all."""
