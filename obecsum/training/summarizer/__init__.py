"""Trains the summarizer: tokenizer, pretraining, finetuning, export.

Goes in: packed examples. Comes out: a model folder.
"""
