"""Market tapes: reading recorded market data and replaying it.

`lobster` reads files into arrays and knows no engine; `replay` drives an engine and reads no file. `books` drives the
native core, which reads and replays a tape by itself, and compares books. `journal` drives the core through a venue's
own journal, and asks for the state.
"""
