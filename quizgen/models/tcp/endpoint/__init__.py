"""One TCP endpoint, sans-IO: calls, segments and timeouts in; segments and signals to the user out (RFC 9293 §3.10)."""
