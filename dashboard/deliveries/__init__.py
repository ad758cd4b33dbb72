"""What the coordinator does with deliveries on the page Données: drop a file, decide on those put on hold. Reading is ``connectors``'."""
