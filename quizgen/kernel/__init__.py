"""The TCP of this machine's Linux, driven segment by segment in network namespaces of its own, and held against the model."""
