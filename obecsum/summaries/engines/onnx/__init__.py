"""Our model as ONNX graphs, without PyTorch.

Goes in: a model folder. Comes out: its graphs, and an engine that runs them.
"""
