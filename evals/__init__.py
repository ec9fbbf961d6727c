"""Known questions, what they must yield, and the runner that measures the assistant on them."""
