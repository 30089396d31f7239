"""The venue's gateway: websocket sessions, authentication and market-data fan-out around the native core."""
