"""TCP after RFC 9293: header, states, endpoints, a wire between two of them, and the words that claims may use."""
