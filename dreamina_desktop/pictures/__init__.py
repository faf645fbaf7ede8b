"""Pictures as files: their facts, and exactly what is sent of them."""
