"""How the pieces of a summary are found: one beam search, and the engines that run the model for it."""
