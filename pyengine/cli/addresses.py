"""How the addresses of a venue are written."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyengine.config import ServerConfig


def admin_url(server: "ServerConfig") -> str:
    """Where the operator logs on, as far as the configuration says; empty if only the running server knows."""
    from gateway.server import configured_admin_port

    port = configured_admin_port(server)
    scheme = "wss" if server.tls_certificate else "ws"
    return f"{scheme}://{host_in_url(server.admin_host)}:{port}/" if port else ""


def host_in_url(host: str) -> str:
    """As it stands in a URL."""
    return f"[{host}]" if ":" in host else host
