"""The helpdesk: tickets between participants and staff, whichever channels they use."""
