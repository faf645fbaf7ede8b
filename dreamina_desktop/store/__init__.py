"""DISK: everything that outlives the process."""
