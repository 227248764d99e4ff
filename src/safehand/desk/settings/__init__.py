"""Settings of the desk: base, as shipped, and for the tests."""
