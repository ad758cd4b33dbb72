"""The fictitious partners of the demonstration: real databases and files that the connectors really read."""
