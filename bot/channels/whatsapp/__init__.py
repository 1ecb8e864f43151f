"""WhatsApp: the Cloud API, its webhooks, windows, templates and limits."""
