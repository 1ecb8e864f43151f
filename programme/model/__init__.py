"""Plain types that everything else speaks in: people, messages, events, deliveries, tickets, and the ports."""
