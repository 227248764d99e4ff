"""Cases, who is on them, and the packages they hold."""
