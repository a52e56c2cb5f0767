"""Running stages over many pages: what one item gives, processes that survive the death of a worker, safe outputs."""
