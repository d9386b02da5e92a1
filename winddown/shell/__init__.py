"""Where the house meets the world: threads, sockets, signals. It carries out what the core decides."""
