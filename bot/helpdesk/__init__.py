"""The helpdesk: tickets between participants and staff, whichever messengers they use."""
