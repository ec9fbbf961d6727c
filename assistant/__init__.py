"""The committee papers assistant: cited answers from a council's own papers, offline."""
