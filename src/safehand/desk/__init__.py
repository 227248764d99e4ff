"""The desk: where officers work. Django lives here and nowhere else."""
