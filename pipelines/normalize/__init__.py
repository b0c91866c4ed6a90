"""From a posting's words to a normalized posting: typed fields, checked, without private links."""
