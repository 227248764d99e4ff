"""Looking after who reads: hard material is covered until asked for, a break is offered, and time in it is told."""
