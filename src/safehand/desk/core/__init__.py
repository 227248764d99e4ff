"""What every app of the desk stands on: the state directory, the clock, the worker, the pages of error."""
