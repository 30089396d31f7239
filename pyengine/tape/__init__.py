"""Market tapes: reading recorded market data and replaying it through the engine.

`lobster` reads files into arrays and knows no engine; `replay` drives an engine and reads no file.
"""
